using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Results;

namespace Custody.Core.Withdrawals;

/// <summary>
/// Where a withdrawal is: an index over its signed documents for people, queries and the orchestration. What authorises is
/// read from the documents and verified again; nothing here is believed by the gate.
/// </summary>
/// <param name="Id">The withdrawal's id.</param>
/// <param name="ClientId">The exchange.</param>
/// <param name="CustomerId">Its customer.</param>
/// <param name="RequestId">Its own identifier.</param>
/// <param name="RequestDigest">SHA-256 of the body as received, hex.</param>
/// <param name="Asset">CAIP-19.</param>
/// <param name="Amount">Base units.</param>
/// <param name="WhitelistEntryId">The entry that names the destination.</param>
/// <param name="Status">Where it is.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="TraceParent">W3C traceparent of the request; every later stage's spans belong to its trace.</param>
public sealed record WithdrawalState(
    string Id,
    string ClientId,
    string CustomerId,
    string RequestId,
    string RequestDigest,
    AssetId Asset,
    BigInteger Amount,
    string WhitelistEntryId,
    WithdrawalStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? TraceParent)
{
    /// <summary>The attempt, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Why it is held or ended; Unspecified otherwise.</summary>
    public RefusalCode Reason { get; init; }

    /// <summary>One sentence about the reason.</summary>
    public string? ReasonDetail { get; init; }

    /// <summary>The status that it was in when it was last held.</summary>
    public WithdrawalStatus HeldAt { get; init; }

    /// <summary>How often it was held; a resolution names the hold it is for.</summary>
    public int Hold { get; init; }

    /// <summary>Digest of the attempt's intent, hex; from AwaitingApproval.</summary>
    public string? IntentDigest { get; init; }

    /// <summary>The vault that pays; from AwaitingApproval.</summary>
    public string? VaultId { get; init; }

    /// <summary>The destination; from AwaitingApproval.</summary>
    public string? Destination { get; init; }

    /// <summary>When approvals must be complete; from AwaitingApproval.</summary>
    public DateTimeOffset? ApprovalDeadline { get; init; }

    /// <summary>The nonce taken; from Signing.</summary>
    public ulong? Nonce { get; init; }

    /// <summary>True once the gate has signed, or may have.</summary>
    public bool SignatureExists { get; init; }

    /// <summary>The transaction of the newest signature; from Signed.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The block that holds the payment.</summary>
    public ulong? BlockNumber { get; init; }

    /// <summary>That block's hash.</summary>
    public string? BlockHash { get; init; }

    /// <summary>The last audit record's number; 0 for none.</summary>
    public long AuditSequence { get; init; }

    /// <summary>The last audit record's hash, hex; empty for none.</summary>
    public string AuditHead { get; init; } = "";

    /// <summary>The same withdrawal in another status. Throws for a transition that is not allowed.</summary>
    public WithdrawalState Become(WithdrawalStatus next) => Status.CanBecome(next)
        ? this with { Status = next }
        : throw new InvalidOperationException($"The withdrawal {Id} cannot go from {Status} to {next}.");

    /// <summary>The same withdrawal held where it is, for a reason.</summary>
    public WithdrawalState Held(RefusalCode reason, string detail) => Status == WithdrawalStatus.Held
        ? this
        : Become(WithdrawalStatus.Held) with { HeldAt = Status, Hold = Hold + 1, Reason = reason, ReasonDetail = detail };

    /// <summary>The same withdrawal ended for a reason.</summary>
    public WithdrawalState Ended(WithdrawalStatus end, RefusalCode reason, string detail) => end.IsEnd()
        ? Become(end) with { Reason = reason, ReasonDetail = detail }
        : throw new ArgumentOutOfRangeException(nameof(end), end, "is not an end");
}
