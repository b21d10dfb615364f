using System.Numerics;

namespace Custody.Core.Screening;

/// <summary>
/// Rule: what is suspicious over one customer's withdrawals, of one asset or of all together. A suspicion begins with the payment whose window
/// shows it where the payment before it did not, so a history that is read again, or further back, says the same.
/// </summary>
public static class PatternRule
{
    /// <summary>
    /// How far back a history must reach to judge payments of the last window: one before such a payment may be a window older,
    /// and what that one showed rests on a window of its own.
    /// </summary>
    public static TimeSpan Reach(PatternTerms terms) => Reach(terms.WindowSeconds);

    /// <summary>The same for what all assets are worth together.</summary>
    public static TimeSpan Reach(ValuePatternTerms terms) => Reach(terms.WindowSeconds);

    /// <summary>The suspicions that begin within the window before <paramref name="now"/>.</summary>
    public static IReadOnlyList<Suspicion> Evaluate(PatternTerms terms, IEnumerable<PatternPayment> history, DateTimeOffset now)
    {
        var payments = InOrder(history);
        return
        [
            .. Begun(payments, terms.WindowSeconds, now, w => w.Count(p => IsJustBelow(terms, p.Amount)) >= terms.StructuringCount)
                .Select(w => new Suspicion(PatternKind.Structuring, [.. w.Where(p => IsJustBelow(terms, p.Amount))])),
            .. Begun(payments, terms.WindowSeconds, now, w => Sum(w, p => p.Amount) > terms.MaxSum).Select(w => new Suspicion(PatternKind.Sum, w)),
        ];
    }

    /// <summary>
    /// The same over the payments of all assets, by what each is worth. One that nothing says the value of counts nothing; when prices
    /// move, another payment may be the one that shows it, and is another suspicion.
    /// </summary>
    public static IReadOnlyList<Suspicion> Evaluate(ValuePatternTerms terms, IEnumerable<PatternPayment> history, DateTimeOffset now) =>
        [.. Begun(InOrder(history), terms.WindowSeconds, now, w => Sum(w, p => p.Value ?? 0) > terms.MaxValue).Select(w => new Suspicion(PatternKind.Value, w))];

    // The windows that show it and whose last payment is the first that does.
    private static IEnumerable<IReadOnlyList<PatternPayment>> Begun(List<PatternPayment> payments, int seconds, DateTimeOffset now, Func<IReadOnlyList<PatternPayment>, bool> shows)
    {
        var window = TimeSpan.FromSeconds(seconds);
        return payments.Select((p, i) => (p, i)).Where(x => x.p.At > now - window && x.p.At <= now && Begins(x.i)).Select(x => Window(x.i));

        IReadOnlyList<PatternPayment> Window(int last) => [.. payments.Take(last + 1).Where(p => p.At > payments[last].At - window)];

        // What the payment before showed, when that one is in this window, is the same suspicion going on.
        bool Begins(int last) => shows(Window(last)) && (last == 0 || payments[last - 1].At <= payments[last].At - window || !shows(Window(last - 1)));
    }

    private static List<PatternPayment> InOrder(IEnumerable<PatternPayment> history) => [.. history.OrderBy(p => p.At).ThenBy(p => p.WithdrawalId, StringComparer.Ordinal)];

    private static BigInteger Sum(IEnumerable<PatternPayment> payments, Func<PatternPayment, BigInteger> of) => payments.Aggregate(BigInteger.Zero, (sum, p) => sum + of(p));

    private static TimeSpan Reach(int windowSeconds) => 3 * TimeSpan.FromSeconds(windowSeconds);

    /// <summary>True for an amount that stays below the threshold by at most the governed share of it.</summary>
    public static bool IsJustBelow(PatternTerms terms, BigInteger amount) =>
        amount < terms.StructuringThreshold && amount * 10_000 >= terms.StructuringThreshold * (10_000 - terms.StructuringBasisPoints);
}
