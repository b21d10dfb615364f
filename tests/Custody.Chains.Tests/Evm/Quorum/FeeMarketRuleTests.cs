using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Intents;
using FsCheck.Xunit;
using static Custody.Chains.Tests.Evm.Quorum.Answers;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class FeeMarketRuleTests
{
    [Fact]
    public void Decide_OneOfThreeIsDear_IsTheMedian()
    {
        var market = Decide(3, new FeeMarket(100, 2, [2]), new FeeMarket(1_000_000, 9_000, [9_000]), new FeeMarket(101, 3, [3]));
        Assert.Equal(new BigInteger(101), market.NextBaseFee);
        Assert.Equal(new BigInteger(3), market.SuggestedPriorityFee);
        Assert.Equal([new BigInteger(3)], market.RecentPriorityFees);
    }

    [Fact]
    public void Decide_OfTwo_IsTheHigherBaseFeeAndTheLowerTips()
    {
        var market = Decide(2, new FeeMarket(100, 2, [5, 2]), new FeeMarket(112, 9_000, [4, 9_000]));
        Assert.Equal(new BigInteger(112), market.NextBaseFee);
        Assert.Equal(new BigInteger(2), market.SuggestedPriorityFee);
        Assert.Equal([new BigInteger(4), new BigInteger(2)], market.RecentPriorityFees);
    }

    [Fact]
    public void Decide_HistoriesOfOtherLengths_AreComparedFromTheNewest() =>
        Assert.Equal([new BigInteger(7), new BigInteger(8)], Decide(2, new FeeMarket(1, 1, [90, 7, 8]), new FeeMarket(1, 1, [9, 9])).RecentPriorityFees);

    [Fact]
    public void Decide_OneShowsNoTips_DoesNotTakeTheOthersAway() =>
        Assert.Equal([new BigInteger(7)], Decide(2, new FeeMarket(1, 1, []), new FeeMarket(1, 1, [7])).RecentPriorityFees);

    [Fact]
    public void Decide_TooFewAnswer_IsMissing() => Assert.IsType<QuorumDecision<FeeMarket>.Missing>(
        FeeMarketRule.Decide(Answers.Of(Says(new FeeMarket(1, 1, [])), Silent<FeeMarket>(null!)), 2));

    [Property(MaxTest = 500)]
    public bool Decide_OneOfThreeSaysAnything_TipAndMaximumStayWithTheOthers(BigInteger baseFee, BigInteger suggested, BigInteger[] paid)
    {
        var honest = new FeeMarket(1_000, 20, [20, 25]);
        var envelope = new FeeEnvelope(BigInteger.Pow(10, 18), BigInteger.Pow(10, 12));
        var asked = Assert.IsType<FeePlan.Planned>(FeePlanner.Plan(honest, envelope));
        var market = Decide(3, honest, new FeeMarket(baseFee * 1_000_000, suggested * 1_000_000, [.. paid.Select(p => p * 1_000_000)]), honest);
        return FeePlanner.Plan(market, envelope) is FeePlan.Planned planned
            && planned.MaxFeePerGas <= asked.MaxFeePerGas && planned.MaxPriorityFeePerGas <= asked.MaxPriorityFeePerGas;
    }

    private static FeeMarket Decide(int configured, params FeeMarket[] said) => Assert.IsType<QuorumDecision<FeeMarket>.Agreed>(
        FeeMarketRule.Decide(Answers.Of([.. said.Select(Says)]), EqualAnswerRule.Needed(configured))).Value;
}
