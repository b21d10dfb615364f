using Custody.Core.Prices;

namespace Custody.Core.Governance;

/// <summary>What must hold of the terms for prices, for retail customers and for the platform's value.</summary>
public static class PriceConsistency
{
    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(GovernanceDocument document) =>
        (document.Prices is { } prices ? TermsProblem(prices) : null)
        ?? (document.PlatformValue is not { } platform ? null
            : document.Prices is null ? "The platform has a limit in value over all assets, and governance has no terms for prices."
            : platform.WindowSeconds < 1 || platform.MaxValue.Sign <= 0 ? "The platform's limit in value needs a window of at least 1 s and a value above zero."
            : null)
        ?? (document.Retail is not { } retail ? null
            : document.Prices is null ? "Retail customers have a daily value limit, and governance has no terms for prices."
            : retail.MaxDailyValue.IsZero ? "The daily value limit of retail customers is zero; without retail terms they can withdraw nothing anyhow."
            : retail.Assets.FirstOrDefault(a => document.Assets.All(r => r.Id != a)) is { Namespace: not null } unknown ? $"The retail terms name the asset {unknown}, which is not registered."
            : null);

    private static string? TermsProblem(PriceTerms terms) =>
        terms.Sources.Count == 0 ? "The terms for prices name no source."
        : terms.Sources.Select(s => s.Id).Distinct(StringComparer.Ordinal).Count() != terms.Sources.Count ? "A source of prices is registered twice."
        : terms.Currency.Length is < 3 or > 8 || !terms.Currency.All(char.IsAsciiLetterUpper) ? $"The reference currency '{terms.Currency}' is not 3 to 8 capital letters."
        : terms.Decimals is < 0 or > PriceEntry.MaxScale ? "The reference currency needs between 0 and 18 decimals."
        : terms.MaxAgeSeconds < 1 || terms.MaxMoveBasisPoints < 1 ? "Prices need a maximal age of at least 1 s and a maximal move of at least 1 basis point."
        : terms.MoveSeconds is < PriceTerms.LeastMoveSeconds or > PriceTerms.MostMoveSeconds
            ? $"The time over which prices move no further is between {PriceTerms.LeastMoveSeconds} and {PriceTerms.MostMoveSeconds} s."
        : null;
}
