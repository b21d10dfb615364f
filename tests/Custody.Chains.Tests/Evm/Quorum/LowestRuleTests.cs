using System.Numerics;
using Custody.Chains.Evm;
using static Custody.Chains.Tests.Evm.Quorum.Answers;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class LowestRuleTests
{
    [Fact]
    public void Decide_Balances_IsTheLowest() => Assert.Equal(
        new BigInteger(3), Assert.IsType<QuorumDecision<BigInteger>.Agreed>(Decide(3, Says<BigInteger>(5), Says<BigInteger>(3), Says<BigInteger>(500))).Value);

    [Fact]
    public void Decide_TooFewAnswer_IsMissing() =>
        Assert.IsType<QuorumDecision<BigInteger>.Missing>(Decide(2, Says<BigInteger>(5), Silent<BigInteger>(0)));

    private static QuorumDecision<BigInteger> Decide(int configured, params (BigInteger, bool)[] said) =>
        LowestRule.Decide(Answers.Of(said), EqualAnswerRule.Needed(configured));
}
