using Custody.Chains.Bitcoin;
using Custody.Core.Intents;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class FeeLimitTests
{
    [Theory]
    [InlineData(1_410, 10, 1_410)] // both at once
    [InlineData(1_409, 10, 1_409)] // the total
    [InlineData(50_000_000, 10, 1_410)] // the rate, whatever the total allows
    [InlineData(1_000, 5_000, 1_000)] // the total, whatever the rate allows
    [InlineData(-1, 10, 0)]
    [InlineData(1_000, -1, 0)]
    public void Of_OneEnvelope_IsItsSmallestCap(long total, long rate, long most)
    {
        var envelope = new FeeEnvelope(total, rate);

        Assert.Equal(most, FeeLimit.Of([envelope], 141));
        Assert.True(FeeLimit.Allows([envelope], most, 141));
        Assert.False(FeeLimit.Allows([envelope], most + 1, 141));
        Assert.False(FeeLimit.Allows([envelope], -1, 141));
    }

    // A share of 1 % of 10,000 satoshi is in the total: no generous absolute or rate cap of the rule reaches past it.
    [Fact]
    public void Allows_SmallSpendUnderALargeAbsoluteCap_IsHeldByItsShare() =>
        Assert.False(FeeLimit.Allows([new FeeEnvelope(100, 1_000)], 141, 141));

    [Fact]
    public void Of_Batch_AddsTotalsAndTakesTheLeastRate() => Assert.Equal(7_000, FeeLimit.Of([new(5_000, 100), new(2_000, 50)], 200));

    [Fact]
    public void Of_Nothing_IsZero() => Assert.True(FeeLimit.Of([], 200).IsZero);

    [Theory]
    [InlineData(1_000, 141, 141)]
    [InlineData(1_001, 141, 142)]
    [InlineData(12_345, 110, 1_358)]
    public void FeeOf_Size_IsRoundedUp(long perThousand, int size, long fee) => Assert.Equal(fee, new FeeRate(perThousand).FeeOf(size));
}
