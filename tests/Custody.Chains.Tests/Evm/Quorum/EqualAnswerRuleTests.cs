using Custody.Chains.Evm;
using FsCheck.Xunit;
using static Custody.Chains.Tests.Evm.Quorum.Answers;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class EqualAnswerRuleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    public void Needed_IsMoreThanHalfOfThoseConfigured(int configured, int needed) => Assert.Equal(needed, EqualAnswerRule.Needed(configured));

    [Fact]
    public void Decide_AllAgree_NobodyIsOdd()
    {
        var agreed = Agreed(Decide(3, Says("x"), Says("x"), Says("x")));
        Assert.Equal("x", agreed.Value);
        Assert.Equal(["a", "b", "c"], agreed.With);
        Assert.Empty(agreed.Odd);
    }

    [Fact]
    public void Decide_OneOfThreeDiffers_IsOddWhereverItStands()
    {
        Assert.Equal(["a"], Agreed(Decide(3, Says("lie"), Says("x"), Says("x"))).Odd);
        Assert.Equal(["b"], Agreed(Decide(3, Says("x"), Says("lie"), Says("x"))).Odd);
        Assert.Equal("x", Agreed(Decide(3, Says("lie"), Says("x"), Says("x"))).Value);
    }

    [Fact]
    public void Decide_OneOfThreeSilent_TheOthersMustAgree()
    {
        Assert.Empty(Agreed(Decide(3, Says("x"), Silent(""), Says("x"))).Odd);
        Assert.IsType<QuorumDecision<string>.Missing>(Decide(3, Says("x"), Silent(""), Says("lie")));
    }

    [Fact]
    public void Decide_OfTwo_BothMustAgree()
    {
        Assert.Equal("x", Agreed(Decide(2, Says("x"), Says("x"))).Value);
        Assert.IsType<QuorumDecision<string>.Missing>(Decide(2, Says("x"), Says("lie")));
        Assert.IsType<QuorumDecision<string>.Missing>(Decide(2, Says("x"), Silent("")));
    }

    [Fact]
    public void Decide_OneSetAsideAndOneSilent_IsNoQuorumOfThree() => Assert.IsType<QuorumDecision<string>.Missing>(Decide(3, Says("x")));

    [Fact]
    public void Decide_TwoOfFive_AreNoMajorityEvenAmongThreeThatAnswer() =>
        Assert.IsType<QuorumDecision<string>.Missing>(Decide(5, Says("lie"), Says("lie"), Says("x"), Silent(""), Silent("")));

    [Fact]
    public void Decide_Nobody_IsMissing()
    {
        var missing = Assert.IsType<QuorumDecision<string>.Missing>(Decide(2, Silent(""), Silent("")));
        Assert.Equal("2 must agree, and nobody answered; a: It did not answer.; b: It did not answer.", missing.Reason);
    }

    [Property(MaxTest = 500)]
    public bool Decide_AnyMinorityOfLies_NeverCounts(int[] lies, byte configured)
    {
        var count = (configured % 7) + 2;
        var most = Math.Min(lies.Length, count - EqualAnswerRule.Needed(count));
        var said = Enumerable.Range(0, count).Select(i => i < most ? Says($"lie {lies[i]}") : Says("truth")).ToArray();
        return EqualAnswerRule.Decide(Answers.Of(said), EqualAnswerRule.Needed(count), AnswerKey.Of) is QuorumDecision<string>.Agreed { Value: "truth" } agreed
            && agreed.Odd.Count == most;
    }

    private static QuorumDecision<string> Decide(int configured, params (string, bool)[] said) =>
        EqualAnswerRule.Decide(Answers.Of(said), EqualAnswerRule.Needed(configured), AnswerKey.Of);

    private static QuorumDecision<string>.Agreed Agreed(QuorumDecision<string> decision) => Assert.IsType<QuorumDecision<string>.Agreed>(decision);
}
