namespace Custody.Core.Approvals;

/// <summary>An operator records that the approvers confirmed the payment by video call (typ <c>custody-video-confirmation+jws</c>).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="IntentDigest">The intent that was read out, hex.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Reference">Where the recording is kept.</param>
/// <param name="OperatorId">Who was on the call and is no approver of it.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts.</param>
public sealed record VideoStatement(
    int Version, string WithdrawalId, string IntentDigest, int Attempt, string Reference, string OperatorId, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt);
