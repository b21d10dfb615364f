namespace Custody.Core.Approvals;

/// <summary>What a drill's intent says otherwise than what is shown beside it. The default value is nothing and makes no drill.</summary>
public enum DrillMismatch
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>Ten times the amount.</summary>
    Amount,

    /// <summary>Another destination.</summary>
    Destination,
}
