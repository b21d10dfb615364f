namespace Custody.Core.Screening;

/// <summary>
/// What must have been asked before a payment, as governance says it. A governance document without these terms lets nothing
/// pass: absent is not "not needed".
/// </summary>
/// <param name="Lists">The sanctions lists that must be held, and how old each may be; at least one.</param>
/// <param name="ProviderNeeded">Whether the provider must answer besides.</param>
/// <param name="ProviderTimeoutSeconds">How long it may take; from 1 to 60.</param>
/// <param name="ProviderClients">The clients for whom it must answer; absent: all.</param>
/// <param name="Patterns">What is suspicious over a customer's withdrawals, by asset.</param>
/// <param name="Value">What is suspicious over a customer's withdrawals of all assets together; absent: nothing.</param>
public sealed record ScreeningTerms(
    IReadOnlyList<SanctionsListTerms> Lists,
    bool ProviderNeeded,
    int ProviderTimeoutSeconds,
    IReadOnlyList<string>? ProviderClients,
    IReadOnlyList<PatternTerms> Patterns,
    ValuePatternTerms? Value = null)
{
    /// <summary>True when the provider must answer for a client.</summary>
    public bool AsksProvider(string clientId) => ProviderNeeded && (ProviderClients is null || ProviderClients.Contains(clientId, StringComparer.Ordinal));
}
