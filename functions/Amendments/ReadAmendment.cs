using Custody.Core.Amendments;

namespace Custody.Functions.Amendments;

/// <summary>An amendment of a payment, and what there is to it now.</summary>
/// <param name="Stored">As its file holds it.</param>
/// <param name="Reading">Read by <see cref="AmendmentRule"/>.</param>
public sealed record ReadAmendment(Amendment Stored, AmendmentReading Reading)
{
    /// <summary>True while it waits for its approvers.</summary>
    public bool Waits => Reading.Verdict.IsAllowed && !Reading.IsApproved;
}
