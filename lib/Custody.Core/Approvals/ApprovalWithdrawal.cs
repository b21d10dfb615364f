namespace Custody.Core.Approvals;

/// <summary>An approver takes their approval back (typ <c>custody-approval-withdrawal+jws</c>).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="IntentDigest">The intent that was approved, hex.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="ApproverId">Who approved.</param>
/// <param name="DeviceId">The device that signs this, which need not be the one that approved.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it can no longer be posted.</param>
public sealed record ApprovalWithdrawal(
    int Version,
    string WithdrawalId,
    string IntentDigest,
    int Attempt,
    string ApproverId,
    string DeviceId,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt);
