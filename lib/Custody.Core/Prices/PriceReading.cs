using Custody.Core.Results;

namespace Custody.Core.Prices;

/// <summary>The outcome of verifying prices: an entry only when the verdict allows. The default value is no price, and refuses.</summary>
/// <param name="Verdict">Whether there is a price to go by.</param>
/// <param name="Entry">It, when there is.</param>
public readonly record struct PriceReading(Verdict Verdict, PriceEntry? Entry);
