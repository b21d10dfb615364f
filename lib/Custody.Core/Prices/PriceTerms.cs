namespace Custody.Core.Prices;

/// <summary>Whose prices count, and when. Without these terms nothing has a value, and whatever asks for one denies.</summary>
/// <param name="Currency">The reference currency, such as <c>HKD</c>.</param>
/// <param name="Decimals">Its smallest units per unit, as a power of ten: values are counted in these.</param>
/// <param name="MaxAgeSeconds">A price older than this is stale; at least 1.</param>
/// <param name="MaxMoveBasisPoints">How far, in hundredths of a percent of the lower of the two, a price may be from the one before it; at least 1.</param>
/// <param name="Sources">Who signs prices; at least one.</param>
public sealed record PriceTerms(string Currency, int Decimals, int MaxAgeSeconds, int MaxMoveBasisPoints, IReadOnlyList<PriceSource> Sources);
