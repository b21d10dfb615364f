using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Intents;
using FsCheck.Xunit;

namespace Custody.Chains.Tests.Evm;

public sealed class FeePlannerTests
{
    private static readonly BigInteger Gwei = 1_000_000_000;
    private static readonly FeeEnvelope Wide = new(1_000_000 * Gwei * 21000, 1_000_000 * Gwei);

    [Fact]
    public void Plan_CalmMarket_IsTwiceTheBaseFeeAndTheTip() =>
        Assert.Equal(new FeePlan.Planned(2 * Gwei, 22 * Gwei), FeePlanner.Plan(new FeeMarket(10 * Gwei, 2 * Gwei, [2 * Gwei, 3 * Gwei]), Wide));

    [Fact]
    public void Plan_SuggestionThatNobodyPays_IsCutToTheHighestPaid() =>
        Assert.Equal(new FeePlan.Planned(3 * Gwei, 23 * Gwei), FeePlanner.Plan(new FeeMarket(10 * Gwei, 5000 * Gwei, [2 * Gwei, 3 * Gwei]), Wide));

    [Fact]
    public void Plan_NoTipsSeen_KeepsTheSuggestion()
    {
        Assert.Equal(new FeePlan.Planned(Gwei, 21 * Gwei), FeePlanner.Plan(new FeeMarket(10 * Gwei, Gwei, []), Wide));
        Assert.Equal(new FeePlan.Planned(Gwei, 21 * Gwei), FeePlanner.Plan(new FeeMarket(10 * Gwei, Gwei, [0, 0]), Wide));
    }

    [Fact]
    public void Plan_SuggestionOfZero_IsOneWei() =>
        Assert.Equal(new FeePlan.Planned(1, (20 * Gwei) + 1), FeePlanner.Plan(new FeeMarket(10 * Gwei, 0, []), Wide));

    [Fact]
    public void Plan_RateCap_BoundsTheMaximumAndTheTip() =>
        Assert.Equal(new FeePlan.Planned(2 * Gwei, 12 * Gwei), FeePlanner.Plan(new FeeMarket(10 * Gwei, 5 * Gwei, []), Wide with { MaxRate = 12 * Gwei }));

    [Fact]
    public void Plan_TotalCap_BoundsTheMaximum() => Assert.Equal(
        new FeePlan.Planned(2 * Gwei, 12 * Gwei), FeePlanner.Plan(new FeeMarket(10 * Gwei, 5 * Gwei, []), Wide with { MaxTotal = (12 * Gwei * 21000) + 20999 }));

    [Fact]
    public void Plan_MoreGas_LeavesLessForEach()
    {
        var envelope = Wide with { MaxTotal = 12 * Gwei * 100_000 };
        Assert.Equal(new FeePlan.Planned(2 * Gwei, 12 * Gwei), FeePlanner.Plan(new FeeMarket(10 * Gwei, 5 * Gwei, []), envelope, gasLimit: 100_000));
        Assert.IsType<FeePlan.AboveEnvelope>(FeePlanner.Plan(new FeeMarket(10 * Gwei, 5 * Gwei, []), envelope, gasLimit: 120_000));
        var planned = new FeePlan.Planned(Gwei, 10 * Gwei);
        Assert.NotNull(ReplacementFee.Plan(planned, [], envelope, gasLimit: 120_000));
        Assert.Null(ReplacementFee.Plan(planned, [], envelope, gasLimit: 120_001));
    }

    [Fact]
    public void Plan_AtTheNeed_PlansAndBelowItRefuses()
    {
        var market = new FeeMarket(800, 5, []);
        Assert.Equal(new FeePlan.Planned(5, 901), FeePlanner.Plan(market, Wide with { MaxRate = 901 }));
        Assert.Equal(new FeePlan.AboveEnvelope(901, 900), FeePlanner.Plan(market, Wide with { MaxRate = 900 }));
        Assert.Equal(new FeePlan.AboveEnvelope(901, 900), FeePlanner.Plan(market, Wide with { MaxTotal = (901 * 21000) - 1 }));
    }

    [Fact]
    public void Plan_BaseFeeThatEightDoesNotDivide_RoundsTheNeedUp() =>
        Assert.Equal(new FeePlan.AboveEnvelope(903, 902), FeePlanner.Plan(new FeeMarket(801, 5, []), Wide with { MaxRate = 902 }));

    [Fact]
    public void Plan_NegativeOrZeroEnvelope_Refuses()
    {
        Assert.IsType<FeePlan.AboveEnvelope>(FeePlanner.Plan(new FeeMarket(0, 0, []), new FeeEnvelope(0, 0)));
        Assert.IsType<FeePlan.AboveEnvelope>(FeePlanner.Plan(new FeeMarket(0, 0, []), new FeeEnvelope(-1, -1)));
    }

    [Property(MaxTest = 2000)]
    public bool Plan_AnyNodeValues_StaysWithinTheEnvelope(BigInteger baseFee, BigInteger suggested, BigInteger[] paid, BigInteger total, BigInteger rate)
    {
        // FsCheck's big integers are small; both regimes occur.
        var envelope = new FeeEnvelope(BigInteger.Abs(total) * 21000, BigInteger.Abs(rate));
        return FeePlanner.Plan(new FeeMarket(baseFee, suggested, paid), envelope) switch
        {
            FeePlan.Planned(var tip, var maxFee) => tip >= 1 && tip <= maxFee && maxFee <= envelope.MaxRate
                && maxFee * EvmTransfer.GasLimit <= envelope.MaxTotal && maxFee - tip >= baseFee,
            FeePlan.AboveEnvelope(var needed, var allowed) => needed > allowed,
            _ => false,
        };
    }
}
