using System.Numerics;

namespace Custody.Core.Governance;

/// <summary>What must hold for a chain's maintenance terms to mean anything.</summary>
public static class MaintenanceConsistency
{
    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(GovernanceDocument document) =>
        document.Chains.FirstOrDefault(c => c.Maintenance is { } terms && !IsUsable(terms)) is { } chain
            ? $"The chain '{chain.Id}' fills gaps with at least 2 operators, fees above zero, at least 1 fill a day and after at least 1 second."
            : document.Chains.FirstOrDefault(c => c.Maintenance?.GasFunding is { } terms && !IsUsable(terms)) is { } funded
                ? $"The chain '{funded.Id}' funds gas with at least 2 operators, amounts and fees above zero, and a day's amount that holds one transfer's."
            : null;

    private static bool IsUsable(GasFundingTerms terms) =>
        terms.Quorum >= 2 && terms.MaxAmount > BigInteger.Zero && terms.MaxPerDay >= terms.MaxAmount && terms.MaxTotal > BigInteger.Zero && terms.MaxRate > BigInteger.Zero;

    private static bool IsUsable(MaintenanceTerms terms) =>
        terms is { Quorum: >= 2, FillsPerDay: >= 1, AfterSeconds: >= 1 } && terms.MaxTotal > BigInteger.Zero && terms.MaxRate > BigInteger.Zero;
}
