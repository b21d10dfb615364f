using Custody.Chains.Evm;
using static Custody.Chains.Tests.Evm.Quorum.Answers;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class PresenceRuleTests
{
    [Fact]
    public void Decide_AMajorityHasIt_IsThereAndWhoHasItNotIsNotOdd()
    {
        var agreed = Agreed(Decide(3, Says<string?>("x"), Says<string?>(null), Says<string?>("x")));
        Assert.Equal("x", agreed.Value);
        Assert.Equal(["a", "c"], agreed.With);
        Assert.Empty(agreed.Odd);
    }

    [Fact]
    public void Decide_OneShowsAnother_IsOdd() => Assert.Equal(["c"], Agreed(Decide(3, Says<string?>("x"), Says<string?>("x"), Says<string?>("lie"))).Odd);

    [Fact]
    public void Decide_FewerThanAMajorityHasIt_IsNotThereYetAndNobodyIsOdd()
    {
        foreach (var decision in new[]
        {
            Decide(3, Says<string?>("x"), Says<string?>(null), Says<string?>(null)),
            Decide(2, Says<string?>("x"), Says<string?>(null)),
            Decide(3, Says<string?>("x"), Says<string?>(null), Silent<string?>(null)),
            Decide(2, Says<string?>(null), Says<string?>(null)),
        })
        {
            Assert.Null(Agreed(decision).Value);
            Assert.Empty(Agreed(decision).Odd);
        }
    }

    [Fact]
    public void Decide_TwoDifferentOnesWithoutAMajority_SaysNothing()
    {
        Assert.IsType<QuorumDecision<string?>.Missing>(Decide(2, Says<string?>("x"), Says<string?>("lie")));
        Assert.IsType<QuorumDecision<string?>.Missing>(Decide(3, Says<string?>("x"), Says<string?>("lie"), Says<string?>(null)));
    }

    [Fact]
    public void Decide_TooFewAnswer_SaysNothing()
    {
        Assert.IsType<QuorumDecision<string?>.Missing>(Decide(2, Says<string?>("x"), Silent<string?>(null)));
        Assert.IsType<QuorumDecision<string?>.Missing>(Decide(2, Says<string?>(null), Silent<string?>(null)));
    }

    private static QuorumDecision<string?> Decide(int configured, params (string?, bool)[] said) =>
        PresenceRule.Decide(Answers.Of(said), EqualAnswerRule.Needed(configured), AnswerKey.Of);

    private static QuorumDecision<string?>.Agreed Agreed(QuorumDecision<string?> decision) => Assert.IsType<QuorumDecision<string?>.Agreed>(decision);
}
