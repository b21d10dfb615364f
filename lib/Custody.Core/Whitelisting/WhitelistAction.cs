namespace Custody.Core.Whitelisting;

/// <summary>What a person says about a whitelist entry. The default value is nothing and does not count.</summary>
public enum WhitelistAction
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>It may not be used for now: its client or one operator, at once.</summary>
    Suspend,

    /// <summary>It ends for ever: its client or one operator, at once.</summary>
    Tombstone,

    /// <summary>Its suspension ends: the approvers' quorum, and a new cooling-off.</summary>
    Reinstate,

    /// <summary>It shall not become usable: one approver, before it is.</summary>
    Reject,
}
