using System.Numerics;

namespace Custody.Core.Governance;

/// <summary>What must hold for a chain's maintenance terms to mean anything.</summary>
public static class MaintenanceConsistency
{
    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(GovernanceDocument document) =>
        document.Chains.FirstOrDefault(c => c.Maintenance is { } terms && !IsUsable(terms)) is { } chain
            ? $"The chain '{chain.Id}' fills gaps with at least 2 operators, fees above zero, at least 1 fill a day and after at least 1 second."
            : null;

    private static bool IsUsable(MaintenanceTerms terms) =>
        terms is { Quorum: >= 2, FillsPerDay: >= 1, AfterSeconds: >= 1 } && terms.MaxTotal > BigInteger.Zero && terms.MaxRate > BigInteger.Zero;
}
