namespace Custody.Core.Whitelisting;

/// <summary>Where a whitelist entry is. An index for people and the orchestration: the gate asks signatures and the stop journal.</summary>
public enum WhitelistStatus
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>Its client proposed it.</summary>
    Proposed,

    /// <summary>Its address is being screened.</summary>
    Screening,

    /// <summary>It waits for the approvers.</summary>
    AwaitingApproval,

    /// <summary>It was activated, or reinstated, and its cooling-off runs.</summary>
    CoolingOff,

    /// <summary>It can be used.</summary>
    Active,

    /// <summary>It may not be used for now.</summary>
    Suspended,

    /// <summary>It ended for ever.</summary>
    Tombstoned,

    /// <summary>The proposal was rejected.</summary>
    Rejected,

    /// <summary>Nobody decided about the proposal in time.</summary>
    Expired,
}
