using Custody.Core.Audit;

namespace Custody.Core.Withdrawals;

/// <summary>What one step changes in a withdrawal's file; all of it is committed, or none.</summary>
/// <param name="Next">The new state. The store fills in its audit head.</param>
/// <param name="Events">What is added to the audit trail; never empty, since every step is evidence.</param>
/// <param name="Documents">The documents added.</param>
public sealed record CaseChange(WithdrawalState Next, IReadOnlyList<AuditEvent> Events, IReadOnlyList<CaseDocument> Documents)
{
    /// <summary>A change without documents.</summary>
    public CaseChange(WithdrawalState next, params AuditEvent[] events)
        : this(next, events, [])
    {
    }
}
