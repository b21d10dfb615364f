namespace Custody.Core.Prices;

/// <summary>Whose prices count, and when. Without these terms nothing has a value, and whatever asks for one denies.</summary>
/// <param name="Currency">The reference currency, such as <c>HKD</c>.</param>
/// <param name="Decimals">Its smallest units per unit, as a power of ten: values are counted in these.</param>
/// <param name="MaxAgeSeconds">A price older than this is stale; at least 1.</param>
/// <param name="MaxMoveBasisPoints">How far, in hundredths of a percent of the lower of the two, a price may be from any other within <paramref name="MoveSeconds"/>; at least 1.</param>
/// <param name="Sources">Who signs prices; at least one.</param>
/// <param name="MoveSeconds">Over what time a price moves no further; from two hours to a day, absent: a day.</param>
public sealed record PriceTerms(string Currency, int Decimals, int MaxAgeSeconds, int MaxMoveBasisPoints, IReadOnlyList<PriceSource> Sources, int? MoveSeconds = null)
{
    /// <summary>The most of <see cref="MoveSeconds"/>: what a store shows reaches back so far.</summary>
    public const int MostMoveSeconds = 86_400;

    /// <summary>The least of it. Of what is older than the newest prices a store shows one an hour, and one at least must be within.</summary>
    public const int LeastMoveSeconds = 7_200;

    /// <summary>Over what time a price moves no further. It has nothing to do with how old one may be: prices that age sooner are compared all the same.</summary>
    public TimeSpan MoveTime() => TimeSpan.FromSeconds(MoveSeconds ?? MostMoveSeconds);
}
