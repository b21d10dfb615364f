using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Intents;

namespace Custody.Chains.Tests.Evm;

public sealed class ReplacementFeeTests
{
    private static readonly FeeEnvelope Envelope = new(MaxTotal: 21_000_000, MaxRate: 900);

    [Theory]
    [InlineData(100, 80, 113)]
    [InlineData(100, 112, 113)]
    [InlineData(100, 500, 500)]
    [InlineData(799, 1, 899)]
    public void Over_WithinEnvelope_IsAnEighthMoreAndNotLessThanTheMarket(int signed, int market, int expected) =>
        Assert.Equal(new FeePlan.Planned(expected, expected), ReplacementFee.Over(signed, new FeePlan.Planned(1, market), Envelope));

    [Fact]
    public void Over_AboveEnvelope_PlansNothing() =>
        Assert.Equal(new FeePlan.AboveEnvelope(901, 900), ReplacementFee.Over(800, new FeePlan.Planned(1, 1), Envelope));

    [Fact]
    public void Over_SmallerTotalThanRate_CountsTheTotal() =>
        Assert.Equal(new FeePlan.AboveEnvelope(113, 100), ReplacementFee.Over(100, new FeePlan.Planned(1, 1), Envelope with { MaxTotal = 2_100_000 }));

    [Fact]
    public void Over_MarketAboveEnvelope_StaysSo() =>
        Assert.Equal(new FeePlan.AboveEnvelope(7, 5), ReplacementFee.Over(BigInteger.One, new FeePlan.AboveEnvelope(7, 5), Envelope));
}
