namespace Custody.Cli.Initialisation.Plan;

/// <summary>Whose prices count, and when; see <see cref="Core.Prices.PriceTerms"/>.</summary>
/// <param name="Currency">The reference currency.</param>
/// <param name="Decimals">Its smallest units per unit, as a power of ten.</param>
/// <param name="MaxAgeSeconds">A price older than this is stale.</param>
/// <param name="MaxMoveBasisPoints">How far a price may be from any other within <paramref name="MoveSeconds"/>.</param>
/// <param name="Sources">Who signs prices.</param>
/// <param name="MoveSeconds">Over what time; absent: a day.</param>
public sealed record PricesPlan(string Currency, int Decimals, int MaxAgeSeconds, int MaxMoveBasisPoints, IReadOnlyList<PriceSourcePlan> Sources, int? MoveSeconds = null);

/// <summary>A source of prices.</summary>
/// <param name="Id">The source's id.</param>
/// <param name="Key">The key; absent: generated as a file.</param>
public sealed record PriceSourcePlan(string Id, KeyPlan? Key = null);
