using Custody.Chains.Evm;
using static Custody.Chains.Tests.Evm.Quorum.Answers;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class AtLeastRuleTests
{
    [Theory]
    [InlineData(new ulong[] { 5, 5, 5 }, 5)]
    [InlineData(new ulong[] { 5, 6, 7 }, 6)]
    [InlineData(new ulong[] { 5, 5, 500 }, 5)]
    [InlineData(new ulong[] { 5, 5, 0 }, 5)]
    [InlineData(new ulong[] { 5, 7 }, 5)]
    public void Decide_Counts_IsTheHighestThatAMajoritySaysAtLeast(ulong[] counts, ulong expected) =>
        Assert.Equal(expected, Assert.IsType<QuorumDecision<ulong>.Agreed>(Decide(counts.Length, [.. counts.Select(Says)])).Value);

    [Fact]
    public void Decide_TooFewAnswer_IsMissing() => Assert.IsType<QuorumDecision<ulong>.Missing>(Decide(2, Says(5ul), Silent(0ul)));

    private static QuorumDecision<ulong> Decide(int configured, params (ulong, bool)[] said) => AtLeastRule.Decide(Answers.Of(said), EqualAnswerRule.Needed(configured));
}
