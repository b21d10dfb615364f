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
}
