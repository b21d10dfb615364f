using System.Numerics;

namespace Custody.Storage.Ledger;

/// <summary>
/// What one sliding window, or one vault's holds, adds up to. A withdrawal counts from its reservation until it is given
/// back, or until it was settled longer ago than the window is long. Counting an open one however old it is keeps the limit
/// true at the time of payment: what waits may be paid at any moment.
/// </summary>
/// <param name="Key">Which window it is, within its row.</param>
/// <param name="Seconds">The window's length; 0 for holds, of which nothing is left once they are settled.</param>
/// <param name="Open">What may still be given back.</param>
/// <param name="Settled">What was paid, by time, oldest first.</param>
internal sealed record Counter(string Key, int Seconds, BigInteger Open, IReadOnlyList<SettledAmount> Settled)
{
    /// <summary>So many times are kept exactly. Of more, those that a step of the window's hundredth part has in common count until its end.</summary>
    private const int MostTimes = 200;
    private const int Steps = 100;

    public static Counter Zero(Claim claim) => new(claim.Key, claim.Seconds, 0, []);

    /// <summary>True when it counts nothing any more, so that it need not be kept.</summary>
    public bool IsEmpty => Open.IsZero && Settled.Count == 0;

    public BigInteger Used(DateTimeOffset now) => Within(now).Aggregate(Open, (sum, s) => sum + s.Amount);

    public Counter Take(BigInteger amount) => this with { Open = Open + amount };

    public Counter GiveBack(BigInteger amount) => this with { Open = BigInteger.Max(0, Open - amount) };

    /// <summary>From now on an amount that was open counts by its time.</summary>
    public Counter Settle(BigInteger open, BigInteger amount, DateTimeOffset at)
    {
        var left = GiveBack(open);
        return Seconds == 0 ? left : left with { Settled = Joined([.. Settled, new SettledAmount(RoundedUp(at), amount)]) };
    }

    /// <summary>Without what left the window.</summary>
    public Counter Pruned(DateTimeOffset now) => this with { Settled = [.. Within(now)] };

    private IEnumerable<SettledAmount> Within(DateTimeOffset now)
    {
        var since = Microseconds(now.AddSeconds(-Seconds));
        return Settled.Where(s => s.At > since);
    }

    private List<SettledAmount> Joined(IReadOnlyList<SettledAmount> settled)
    {
        var times = Summed(settled, at => at);
        var step = Math.Max(1, Seconds * 1_000_000L / Steps);
        return times.Count <= MostTimes ? times : Summed(times, at => (at + step - 1) / step * step);
    }

    private static List<SettledAmount> Summed(IEnumerable<SettledAmount> settled, Func<long, long> time) =>
    [
        .. settled.GroupBy(s => time(s.At)).OrderBy(g => g.Key).Select(g => new SettledAmount(g.Key, g.Aggregate(BigInteger.Zero, (sum, s) => sum + s.Amount))),
    ];

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    // Later by a fraction of a microsecond, never earlier: what is rounded counts longer.
    private static long RoundedUp(DateTimeOffset at) => Microseconds(at.AddTicks(TimeSpan.TicksPerMicrosecond - 1));
}

/// <summary>What was settled at a time.</summary>
/// <param name="At">Microseconds since 1970.</param>
/// <param name="Amount">How much.</param>
internal sealed record SettledAmount(long At, BigInteger Amount);
