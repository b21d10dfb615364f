namespace Custody.Functions.Screening;

/// <summary>What the screening provider is asked (docs/screening.md). Who the customer is, is not told: the reference stands for them.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Chain">CAIP-2.</param>
/// <param name="Address">The address.</param>
/// <param name="Reference">The subject's digest; the answer must repeat it.</param>
public sealed record ProviderQuestion(int Version, string Chain, string Address, string Reference);
