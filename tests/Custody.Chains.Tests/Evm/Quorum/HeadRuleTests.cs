using Custody.Chains.Evm;
using FsCheck.Xunit;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class HeadRuleTests
{
    [Theory]
    [InlineData(new ulong[] { 10, 10, 10 }, 10)]
    [InlineData(new ulong[] { 10, 11, 12 }, 11)]
    [InlineData(new ulong[] { 10, 11 }, 10)]
    [InlineData(new ulong[] { 10, 10, 3 }, 10)]
    [InlineData(new ulong[] { 10, 10, 1000 }, 10)]
    [InlineData(new ulong[] { 1000, 102, 101, 100, 100 }, 100)]
    public void Decide_Heights_IsTheHighestThatAMajorityHas(ulong[] heights, ulong expected) => Assert.Equal(expected, Decide(heights)!.Height);

    [Fact]
    public void Decide_FarBehind_IsNamed()
    {
        Assert.Equal(["c"], Decide([10, 10, 4])!.Behind);
        Assert.Empty(Decide([10, 10, 5])!.Behind);
    }

    [Fact]
    public void Decide_FarAhead_IsNamed()
    {
        Assert.Equal(["b"], Decide([10, 16, 10])!.Ahead);
        Assert.Empty(Decide([10, 15, 10])!.Ahead);
    }

    [Fact]
    public void Decide_TwoFarApart_IsNone() => Assert.Null(Decide([10, 16]));

    [Fact]
    public void Decide_ThreeFarApart_IsNone() => Assert.Null(Decide([10, 20, 30]));

    [Fact]
    public void Decide_TooFew_IsNone()
    {
        Assert.Null(HeadRule.Decide([("a", 10)], 2, 5));
        Assert.Null(HeadRule.Decide([], 2, 5));
    }

    [Property(MaxTest = 500)]
    public bool Decide_OneOfThreeSaysAnything_StaysWithTheOthers(ulong lie, byte height) =>
        Decide([height, height, lie]) is { } head && head.Height == height && !head.Ahead.Contains("a") && !head.Behind.Contains("b");

    private static HeadHeight? Decide(params ulong[] heights) =>
        HeadRule.Decide([.. heights.Select((h, i) => ($"{(char)('a' + i)}", h))], EqualAnswerRule.Needed(heights.Length), 5);
}
