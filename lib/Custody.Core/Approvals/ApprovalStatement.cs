namespace Custody.Core.Approvals;

/// <summary>An approver's vote, signed by a device's key (typ <c>custody-approval+jws</c>).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="IntentDigest">The intent that was read, hex.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Decision">The decision.</param>
/// <param name="ApproverId">Who decided.</param>
/// <param name="DeviceId">With which device.</param>
/// <param name="PolicyVersion">The governance version that the device verified.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on the vote no longer counts.</param>
/// <param name="Reason">Why, for a rejection.</param>
public sealed record ApprovalStatement(
    int Version,
    string WithdrawalId,
    string IntentDigest,
    int Attempt,
    ApprovalDecision Decision,
    string ApproverId,
    string DeviceId,
    int PolicyVersion,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt,
    string? Reason = null);
