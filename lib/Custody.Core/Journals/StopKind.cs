namespace Custody.Core.Journals;

/// <summary>What a line of the stop journal says. A reader that meets an unknown kind refuses.</summary>
public enum StopKind
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>The first line.</summary>
    Genesis,

    /// <summary>The withdrawal was rejected, cancelled or expired before a signature: nothing is ever signed for it again.</summary>
    WithdrawalEnded,

    /// <summary>One attempt of a withdrawal, and every vote for it, no longer counts.</summary>
    AttemptBurnt,

    /// <summary>A scope is frozen.</summary>
    Frozen,

    /// <summary>A freeze ended; the evidence carries two operators' signatures.</summary>
    Thawed,

    /// <summary>A whitelist entry became active; its cooling-off counts from here.</summary>
    EntryActivated,

    /// <summary>A whitelist entry ended for ever.</summary>
    EntryTombstoned,

    /// <summary>A governance version came into force.</summary>
    GovernanceInForce,

    /// <summary>An attempt's quorum was reached; its cooling-off counts from here.</summary>
    QuorumReached,

    /// <summary>The quorum of a governance version was recorded; a weakening's delay counts from here.</summary>
    GovernanceProposed,

    /// <summary>A governor vetoed a governance version: it never comes into force.</summary>
    GovernanceVetoed,

    /// <summary>A whitelist entry is suspended.</summary>
    EntrySuspended,

    /// <summary>A whitelist entry's suspension ended; the evidence carries the approvers' statements, and a new cooling-off counts from here.</summary>
    EntryReinstated,

    /// <summary>A proposed whitelist entry was rejected or expired: it never becomes active.</summary>
    EntryRejected,

    /// <summary>A sanctions list came into force, or an operator vouched again that it is the newest.</summary>
    SanctionsListInForce,

    /// <summary>The screening provider did not find an attempt's destination.</summary>
    ScreenedClear,

    /// <summary>The screening provider found an attempt's destination.</summary>
    ScreenedHit,

    /// <summary>A device signed what contradicts an intent; its votes count nowhere. The evidence is its statement, the digest the statement's.</summary>
    DeviceSuspended,

    /// <summary>A suspension ended; the evidence carries two operators' signatures.</summary>
    DeviceReinstated,

    /// <summary>An approver took their vote back; the subject is withdrawal and approver, see <see cref="VoteSubject"/>.</summary>
    VoteWithdrawn,

    /// <summary>A drill: nothing is ever signed under this id. The evidence is the operator's statement.</summary>
    DrillIssued,

    /// <summary>An approver answered a drill; the subject is drill and approver, the code passed or failed.</summary>
    DrillAnswered,

    /// <summary>Storage was restored: the platform is frozen from here. The evidence is the governors' statement, the digest the statement's.</summary>
    Restored,

    /// <summary>A withdrawal from before a restore was found on the chain, where no journal remembers its signature; the digest is the transaction's.</summary>
    PaymentMatched,

    /// <summary>An approver rejected a fee bump or a cancel: nothing is signed for that digest any more. The withdrawal goes on.</summary>
    AmendmentEnded,
}
