namespace Custody.Core.Governance.Change;

/// <summary>Everything that one governance document changes in the one before, classified.</summary>
/// <param name="Changes">The differences, in the document's order.</param>
public sealed record ChangeSet(IReadOnlyList<GovernanceChange> Changes)
{
    /// <summary>True when nothing changes but the version.</summary>
    public bool IsEmpty => Changes.Count == 0;

    /// <summary>True when it both tightens and weakens: it must be split, or the tightening would wait or the weakening would not.</summary>
    public bool IsMixed => Changes.Select(c => c.Direction).Distinct().Count() > 1;

    /// <summary>Tightens only when every change does.</summary>
    public ChangeDirection Direction =>
        Changes.Count > 0 && Changes.All(c => c.Direction == ChangeDirection.Tightens) ? ChangeDirection.Tightens : ChangeDirection.Weakens;
}
