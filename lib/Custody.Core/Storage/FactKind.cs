namespace Custody.Core.Storage;

/// <summary>The kinds of signed facts that are looked up by id.</summary>
public enum FactKind
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>A governance document; its id is its version.</summary>
    Governance,

    /// <summary>A customer record; its id is client and customer.</summary>
    Customer,

    /// <summary>A whitelist entry; its id is the entry's.</summary>
    WhitelistEntry,

    /// <summary>An operator's half of a thaw; its id is the freeze's line and the operator.</summary>
    ThawHalf,

    /// <summary>A sanctions list; its id is its digest.</summary>
    SanctionsList,

    /// <summary>An operator's signature under a sanctions list that needs two; its id is the list's digest and the operator.</summary>
    SanctionsListHalf,

    /// <summary>The draft of a suspicious-transaction report; nobody has signed it.</summary>
    SuspicionReport,

    /// <summary>An operator's half of a device's reinstatement; its id is the suspension's line and the operator.</summary>
    ReinstatementHalf,

    /// <summary>An operator's half of an order that a chain is read again; its id is the block at which the watcher stands and the operator.</summary>
    RewindHalf,
}
