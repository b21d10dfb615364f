namespace Custody.Core.Withdrawals;

/// <summary>Where a withdrawal is. The default value is no status and permits nothing.</summary>
public enum WithdrawalStatus
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>Accepted: the signed request is stored.</summary>
    Received,

    /// <summary>Well-formed, known asset, not expired, customer known.</summary>
    Validated,

    /// <summary>The destination is a whitelist entry of this customer.</summary>
    Whitelisted,

    /// <summary>Limits and funds are reserved, the intent exists, people decide.</summary>
    AwaitingApproval,

    /// <summary>The quorum approved.</summary>
    Approved,

    /// <summary>Unsigned bytes exist; the gate is or may be asked.</summary>
    Signing,

    /// <summary>A signature exists.</summary>
    Signed,

    /// <summary>The signed bytes were compared and certified.</summary>
    Compared,

    /// <summary>Handed to the node.</summary>
    Broadcast,

    /// <summary>In a block, not deep enough.</summary>
    Confirming,

    /// <summary>Was in a block that the chain left.</summary>
    Reorged,

    /// <summary>Waits for two operators, with the reason. Not an end.</summary>
    Held,

    /// <summary>End: paid, and the ledger says so.</summary>
    Settled,

    /// <summary>End: refused, funds released.</summary>
    Rejected,

    /// <summary>End: nobody decided in time, funds released.</summary>
    Expired,

    /// <summary>End: the client withdrew it, funds released.</summary>
    Cancelled,

    /// <summary>End: mined, reverted and final.</summary>
    Failed,
}
