using System.Numerics;
using Custody.Storage.Access;
using Custody.Storage.Ledger;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

/// <summary>A counter against the list of all that it ever counted.</summary>
public sealed class CounterTests
{
    private const int Seconds = 3600;
    private static readonly Claim Claim = new("counter.client.exchange.3600", "exchange.3600", Seconds, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Used_ThousandSettled_NeverCountsLessThanTheWindowAndNoStepLonger(int seed)
    {
        // Pauses of up to 40 s, of up to 10 ms, and none at all, so that more times than are kept fall into a window.
        var random = new Random(seed);
        var (counter, all, now) = (Counter.Zero(Claim), new List<(DateTimeOffset At, BigInteger Amount)>(), Sample.Start);
        for (var i = 0; i < 1000; i++)
        {
            now = now.AddTicks(random.Next(3) switch { 0 => 0, 1 => random.Next(100_000), _ => random.NextInt64(400_000_000) });
            var amount = random.Next(1, 1000);
            counter = counter.Take(amount).Settle(amount, amount, now);
            all.Add((now, amount));
            counter = random.Next(5) == 0 ? counter.Pruned(now) : counter;
            Assert.InRange(counter.Used(now), Within(now, Seconds), Within(now, Seconds + (Seconds / 100)));
            Assert.True(counter.Settled.Count <= 400);
        }

        BigInteger Within(DateTimeOffset at, int seconds) => all.Where(a => a.At > at.AddSeconds(-seconds)).Aggregate(BigInteger.Zero, (sum, a) => sum + a.Amount);
    }

    [Fact]
    public void Used_FewSettled_LeavesTheWindowToTheMicrosecond()
    {
        var at = Sample.Start.AddTicks(5_000_010);
        var counter = Counter.Zero(Claim).Take(7).Settle(7, 7, at);
        Assert.Equal(7, counter.Used(at.AddSeconds(Seconds).AddTicks(-1)));
        Assert.Equal(0, counter.Used(at.AddSeconds(Seconds)));
        Assert.True(counter.Pruned(at.AddSeconds(Seconds)).IsEmpty);
    }

    [Fact]
    public void Used_Open_CountsHoweverOldItIs() => Assert.Equal(7, Counter.Zero(Claim).Take(7).Pruned(Sample.Start).Used(Sample.Start.AddYears(9)));

    [Fact]
    public void GiveBack_MoreThanIsOpen_LeavesNothingAndNotLess() => Assert.Equal(0, Counter.Zero(Claim).Take(7).GiveBack(8).Open);

    // A reservation leaves room for what it becomes when it is settled, so that settling is never refused for want of it.
    [Fact]
    public void Write_RowHalfFull_RefusesToReserveAndStillSettles()
    {
        var row = CounterRow.Absent("counter.destination.00");
        var count = 0;
        while (Fits(isReserving: true))
        {
            for (var i = 0; i < 50; i++, count++)
            {
                var claim = new Claim("counter.destination.00", $"0x{count:x40}.86400", 86400, BigInteger.Pow(10, 30));
                row.Set(row.Get(claim).Take(claim.Amount));
            }
        }

        Assert.InRange(count, 1500, 10_000);
        for (var i = 0; i < count; i++)
        {
            var claim = new Claim("counter.destination.00", $"0x{i:x40}.86400", 86400, BigInteger.Pow(10, 30));
            row.Set(row.Get(claim).Settle(claim.Amount, claim.Amount, Sample.Start.AddSeconds(i)));
        }

        Assert.True(Fits(isReserving: false));

        bool Fits(bool isReserving)
        {
            try
            {
                EntityLimits.Check([row.Write("asset", isReserving)]);
                return true;
            }
            catch (StorageLimitException)
            {
                return false;
            }
        }
    }
}
