using System.Numerics;
using Custody.Core.Results;

namespace Custody.Core.Prices;

/// <summary>
/// Rule: within the governed time a price is nowhere further from any other than governance believes, so that steps which are each
/// small lead nowhere. What goes further, because a market did or because nothing is there to compare with, needs two sources'
/// signatures over the same price; what comes after such a one is compared with it and with what came since. One key alone gains what
/// the terms let a price move in that time.
/// </summary>
public static class PriceMoveRule
{
    private const int BasisPoints = 10_000;

    /// <summary>
    /// Whether the newest price may follow the others that are stored. Where governance has one source alone, a price is believed
    /// again when all others are older than the governed time: nobody else could say otherwise.
    /// </summary>
    public static Verdict Check(VerifiedPrice newest, IReadOnlyCollection<VerifiedPrice> others, PriceTerms terms)
    {
        if (newest.IsAgreed)
        {
            return Verdict.Allowed;
        }

        // What two sources agreed on is where the market was; what was before it no longer counts.
        var since = others.Where(o => o.IsAgreed).Select(o => o.Entry.AsOf).Append(newest.Entry.AsOf - terms.MoveTime()).Max();
        var compared = others.Where(o => o.Entry.AsOf >= since && o.Entry.AsOf <= newest.Entry.AsOf).ToList();
        return compared.Any(o => Moved(o.Entry, newest.Entry, terms))
                ? Absurd($"The price of {newest.Entry.Asset} moved by more than {terms.MaxMoveBasisPoints} basis points within {terms.MoveTime().TotalSeconds:0} s, and one source alone says so.")
            // Storage decides what is shown: of a source's own prices alone nothing follows.
            : terms.Sources.Count > 1 && !compared.Any(o => o.Sources.Except(newest.Sources, StringComparer.Ordinal).Any())
                ? Absurd($"There is no other source's price of {newest.Entry.Asset} within {terms.MoveTime().TotalSeconds:0} s to compare with, and one source alone gives this one.")
            : Verdict.Allowed;
    }

    /// <summary>Whether two prices are further apart than governance believes, of the lower of them.</summary>
    public static bool Moved(PriceEntry one, PriceEntry other, PriceTerms terms)
    {
        var (low, high) = (BigInteger.Min(one.Scaled(), other.Scaled()), BigInteger.Max(one.Scaled(), other.Scaled()));
        return (high - low) * BasisPoints > low * terms.MaxMoveBasisPoints;
    }

    private static Verdict Absurd(string detail) => Verdict.Refused(RefusalCode.PriceAbsurd, detail);
}
