namespace Custody.Core.Approvals;

/// <summary>The votes counted.</summary>
/// <param name="Outcome">Where they stand.</param>
/// <param name="Approvals">Distinct people who approved.</param>
/// <param name="Needed">How many the rule wants.</param>
/// <param name="RejectedBy">The approver who rejected; null when nobody did.</param>
/// <param name="OnlyWebAuthn">True when enough approved and no device that verified the bundle is among theirs.</param>
public readonly record struct ApprovalTally(ApprovalOutcome Outcome, int Approvals, int Needed, string? RejectedBy, bool OnlyWebAuthn = false);
