namespace Custody.Core.Policy;

/// <summary>
/// What may be approved about a payment that is signed and in no block: a higher fee for it, or a transfer of nothing that cancels
/// it. A quorum of its own, and caps of its own.
/// </summary>
/// <param name="Approvals">The quorum; never of nobody, and never by WebAuthn: who approves reads the difference on a device that verified it.</param>
/// <param name="Fee">The caps on the fee; the share is of the payment's amount.</param>
/// <param name="Most">Most of them in one attempt, whatever became of them; at least 1.</param>
/// <param name="ApprovalSeconds">Most time from the order to the deadline of its approvals.</param>
public sealed record AmendmentTerms(Quorum Approvals, FeeCaps Fee, int Most, int ApprovalSeconds);
