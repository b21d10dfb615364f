using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Intents;

namespace Custody.Chains.Tests.Evm;

public sealed class ReplacementFeeTests
{
    private static readonly FeeEnvelope Envelope = new(MaxTotal: 21_000 * 1_000, MaxRate: 900);

    [Fact]
    public void Plan_NothingEarlier_IsTheMarkets() =>
        Assert.Equal(new FeePlan.Planned(1, 100), ReplacementFee.Plan(new FeePlan.Planned(1, 100), [], Envelope));

    [Theory]
    [InlineData(100, 10, 113, 12)]
    [InlineData(8, 8, 9, 9)]
    [InlineData(1, 1, 2, 2)]
    public void Plan_MarketBelowEarlier_RaisesBothFieldsByAnEighthAndAtLeastOne(int fee, int priority, int expectedFee, int expectedPriority) =>
        Assert.Equal(
            new FeePlan.Planned(expectedPriority, expectedFee),
            ReplacementFee.Plan(new FeePlan.Planned(1, 1), [((BigInteger)fee, (BigInteger)priority), (1, 1)], Envelope));

    [Fact]
    public void Plan_MarketAboveEarlier_StaysTheMarkets() =>
        Assert.Equal(new FeePlan.Planned(50, 500), ReplacementFee.Plan(new FeePlan.Planned(50, 500), [(100, 10)], Envelope));

    [Fact]
    public void Plan_RaisedAboveTheRateCap_IsNone() =>
        Assert.Null(ReplacementFee.Plan(new FeePlan.Planned(1, 1), [(801, 1)], Envelope));

    [Fact]
    public void Plan_RaisedAboveTheTotalCap_IsNone() =>
        Assert.Null(ReplacementFee.Plan(new FeePlan.Planned(1, 1), [(100, 1)], Envelope with { MaxTotal = 21_000 * 112 }));

    [Fact]
    public void Plan_NoPlan_IsNone() =>
        Assert.Null(ReplacementFee.Plan(new FeePlan.AboveEnvelope(7, 5), [], Envelope));
}
