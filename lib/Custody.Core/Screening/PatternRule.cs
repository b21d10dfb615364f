using System.Numerics;

namespace Custody.Core.Screening;

/// <summary>
/// Rule: what is suspicious over one customer's withdrawals of one asset. A suspicion begins with the payment whose window
/// shows it where the payment before it did not, so a history that is read again, or further back, says the same.
/// </summary>
public static class PatternRule
{
    /// <summary>
    /// How far back a history must reach to judge payments of the last window: one before such a payment may be a window older,
    /// and what that one showed rests on a window of its own.
    /// </summary>
    public static TimeSpan Reach(PatternTerms terms) => 3 * TimeSpan.FromSeconds(terms.WindowSeconds);

    /// <summary>The suspicions that begin within the window before <paramref name="now"/>.</summary>
    public static IReadOnlyList<Suspicion> Evaluate(PatternTerms terms, IEnumerable<PatternPayment> history, DateTimeOffset now)
    {
        var payments = history.OrderBy(p => p.At).ThenBy(p => p.WithdrawalId, StringComparer.Ordinal).ToList();
        var window = TimeSpan.FromSeconds(terms.WindowSeconds);
        var begun = payments.Select((p, i) => (p, i)).Where(x => x.p.At > now - window && x.p.At <= now).ToList();
        return
        [
            .. begun.Where(x => Begins(x.i, IsStructured)).Select(x => new Suspicion(PatternKind.Structuring, [.. Window(x.i).Where(p => IsJustBelow(terms, p.Amount))])),
            .. begun.Where(x => Begins(x.i, IsTooMuch)).Select(x => new Suspicion(PatternKind.Sum, [.. Window(x.i)])),
        ];

        IEnumerable<PatternPayment> Window(int last) => payments.Take(last + 1).Where(p => p.At > payments[last].At - window);

        // What the payment before showed, when that one is in this window, is the same suspicion going on.
        bool Begins(int last, Func<int, bool> holds) =>
            holds(last) && (last == 0 || payments[last - 1].At <= payments[last].At - window || !holds(last - 1));

        bool IsStructured(int last) => Window(last).Count(p => IsJustBelow(terms, p.Amount)) >= terms.StructuringCount;

        bool IsTooMuch(int last) => Window(last).Aggregate(BigInteger.Zero, (sum, p) => sum + p.Amount) > terms.MaxSum;
    }

    /// <summary>True for an amount that stays below the threshold by at most the governed share of it.</summary>
    public static bool IsJustBelow(PatternTerms terms, BigInteger amount) =>
        amount < terms.StructuringThreshold && amount * 10_000 >= terms.StructuringThreshold * (10_000 - terms.StructuringBasisPoints);
}
