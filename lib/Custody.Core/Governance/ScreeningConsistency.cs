using Custody.Core.Intents;
using Custody.Core.Screening;

namespace Custody.Core.Governance;

/// <summary>What must hold inside the screening terms for them to mean anything.</summary>
internal static class ScreeningConsistency
{
    private const int MaxTimeoutSeconds = 60;
    private const int MaxBasisPoints = 10_000;

    /// <summary>The first problem as a sentence; null when there is none, or no terms.</summary>
    public static string? Problem(GovernanceDocument document) =>
        document.Screening is not { } terms ? null
        : terms.Lists.Count == 0 ? "The screening terms need at least one sanctions list."
        : terms.Lists.FirstOrDefault(l => !Identifier.IsValid(l.Source) || l.MaxAgeSeconds < 1 || l.MaxPublicationAgeSeconds < 1) is { } list
            ? $"The sanctions list '{list.Source}' needs a source that is {Identifier.Form}, and ages of at least 1 s."
        : terms.Lists.GroupBy(l => l.Source, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"The sanctions list '{twice.Key}' is set twice."
        : terms.ProviderTimeoutSeconds is < 1 or > MaxTimeoutSeconds ? $"The screening provider's timeout must be between 1 and {MaxTimeoutSeconds} s."
        : terms.ProviderClients?.FirstOrDefault(id => document.Clients.All(c => c.Id != id)) is { } stranger
            ? $"The screening terms name the client '{stranger}', who is not registered."
        : terms.Value is { WindowSeconds: < 1 } or { MaxValue.Sign: <= 0 } ? "The pattern of all assets' value needs a window of at least 1 s and a value above zero."
        : terms.Value is not null && document.Prices is null ? "The pattern of all assets' value asks for prices, and governance has no terms for them."
        : terms.Patterns.Select(PatternProblem).FirstOrDefault(p => p is not null)
            ?? (terms.Patterns.GroupBy(p => p.Asset).FirstOrDefault(g => g.Count() > 1) is { } asset ? $"The patterns of {asset.Key} are set twice." : null);

    // The asset need not be registered: taking an asset away tightens, and its patterns, which then match nothing, would weaken.
    private static string? PatternProblem(PatternTerms pattern) =>
        pattern.WindowSeconds < 1 || pattern.StructuringCount < 2 || pattern.StructuringBasisPoints is < 1 or > MaxBasisPoints
            ? $"The patterns of {pattern.Asset} need a window of at least 1 s, a count of at least 2, and between 1 and {MaxBasisPoints} basis points."
        : null;
}
