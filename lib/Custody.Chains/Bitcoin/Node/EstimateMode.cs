namespace Custody.Chains.Bitcoin;

/// <summary>How careful an estimate is (<c>estimatesmartfee</c>).</summary>
public enum EstimateMode
{
    /// <summary>None; asking with it throws.</summary>
    Unknown = 0,

    /// <summary>By the longest history: fees that fell are believed late.</summary>
    Conservative,

    /// <summary>By the newest blocks.</summary>
    Economical,
}
