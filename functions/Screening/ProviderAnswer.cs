using Custody.Core.Screening;

namespace Custody.Functions.Screening;

/// <summary>What the screening provider answers (docs/screening.md).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Chain">The chain that was asked about.</param>
/// <param name="Address">The address that was asked about.</param>
/// <param name="Reference">The reference of the question.</param>
/// <param name="Verdict"><c>clear</c> or <c>hit</c>.</param>
/// <param name="Hits">What was found; empty exactly when it is clear.</param>
public sealed record ProviderAnswer(int Version, string Chain, string Address, string Reference, string Verdict, IReadOnlyList<ScreeningHit> Hits);
