namespace Custody.Chains.Bitcoin;

/// <summary>How careful an estimate is (<c>estimatesmartfee</c>).</summary>
public enum EstimateMode
{
    /// <summary>By the longest history: fees that fell are believed late.</summary>
    Conservative = 0,

    /// <summary>By the newest blocks.</summary>
    Economical,
}
