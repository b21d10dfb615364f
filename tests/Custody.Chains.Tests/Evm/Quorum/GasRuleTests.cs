using Custody.Chains.Evm;
using static Custody.Chains.Tests.Evm.Quorum.Answers;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class GasRuleTests
{
    [Theory]
    [InlineData(new ulong[] { 50, 52, 51 }, 51)]
    [InlineData(new ulong[] { 50, 52, 1 }, 50)]
    [InlineData(new ulong[] { 50, 52, 9999 }, 52)]
    [InlineData(new ulong[] { 50, 52 }, 52)]
    public void Decide_Estimates_IsTheMedianAndOfTwoTheHigher(ulong[] estimates, ulong expected) =>
        Assert.Equal(expected, Assert.IsType<QuorumDecision<ulong?>.Agreed>(Decide(estimates.Length, [.. estimates.Select(e => Says<ulong?>(e))])).Value);

    [Fact]
    public void Decide_AMajoritySaysThatItReverts_Reverts() =>
        Assert.Null(Assert.IsType<QuorumDecision<ulong?>.Agreed>(Decide(3, Says<ulong?>(null), Says<ulong?>(50), Says<ulong?>(null))).Value);

    [Fact]
    public void Decide_OneSaysThatItReverts_DoesNot() =>
        Assert.Equal(52ul, Assert.IsType<QuorumDecision<ulong?>.Agreed>(Decide(3, Says<ulong?>(null), Says<ulong?>(50), Says<ulong?>(52))).Value);

    [Fact]
    public void Decide_HalfSaySo_IsMissing()
    {
        Assert.IsType<QuorumDecision<ulong?>.Missing>(Decide(2, Says<ulong?>(null), Says<ulong?>(50)));
        Assert.IsType<QuorumDecision<ulong?>.Missing>(Decide(2, Says<ulong?>(50), Silent<ulong?>(null)));
    }

    private static QuorumDecision<ulong?> Decide(int configured, params (ulong?, bool)[] said) => GasRule.Decide(Answers.Of(said), EqualAnswerRule.Needed(configured));
}
