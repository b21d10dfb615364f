using Custody.Chains.Evm;
using static Custody.Chains.Tests.Evm.Quorum.Answers;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class InclusionRuleTests
{
    private static readonly Shown Mined = new("payment", new BlockPoint(7, "0x7"));
    private static readonly Shown Waiting = new("payment", null);

    [Fact]
    public void Decide_AMajorityShowsItInABlock_IsMined()
    {
        var mined = Assert.IsType<Inclusion<Shown>.Mined>(Decide(3, Says<Shown?>(Mined), Says<Shown?>(null), Says<Shown?>(Mined)));
        Assert.Equal(Mined, mined.Value);
        Assert.Equal(["a", "c"], mined.With);
        Assert.Empty(mined.Odd);
    }

    [Fact]
    public void Decide_OneShowsItOtherwise_IsOdd()
    {
        var lie = Mined with { Text = "another recipient" };
        Assert.Equal(["b"], Assert.IsType<Inclusion<Shown>.Mined>(Decide(3, Says<Shown?>(Mined), Says<Shown?>(lie), Says<Shown?>(Mined))).Odd);
    }

    [Fact]
    public void Decide_OneOfTwoHasIt_IsNeitherThereNorAbsent()
    {
        var missing = Assert.IsType<Inclusion<Shown>.Missing>(Decide(2, Says<Shown?>(Mined), Says<Shown?>(null)));
        Assert.Equal([new InclusionClaim("a", 7)], missing.Claims);
    }

    [Fact]
    public void Decide_OneOfThreeHasItAndOneIsSilent_IsNeitherThereNorAbsent() =>
        Assert.IsType<Inclusion<Shown>.Missing>(Decide(3, Says<Shown?>(Mined), Says<Shown?>(null), Silent<Shown?>(null)));

    [Fact]
    public void Decide_AMajorityHasItInNone_SaysWhoClaimsOtherwise()
    {
        var none = Assert.IsType<Inclusion<Shown>.NotMined>(Decide(3, Says<Shown?>(Waiting), Says<Shown?>(null), Says<Shown?>(Mined)));
        Assert.Equal(Waiting, none.Seen);
        Assert.Equal([new InclusionClaim("c", 7)], none.Claims);
    }

    [Fact]
    public void Decide_TwoDifferentBlocksOfTwo_SayNothing() => Assert.IsType<Inclusion<Shown>.Missing>(
        Decide(2, Says<Shown?>(Mined), Says<Shown?>(Mined with { Block = new BlockPoint(7, "0x70") })));

    [Fact]
    public void Decide_InNobodysPool_IsSeenNowhere()
    {
        var none = Assert.IsType<Inclusion<Shown>.NotMined>(Decide(2, Says<Shown?>(null), Says<Shown?>(null)));
        Assert.Null(none.Seen);
        Assert.Empty(none.Claims);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(12, true)]
    [InlineData(13, false)]
    public void MayBeAhead_OnlyTheFewBlocksAboveTheQuorums(ulong height, bool expected) =>
        Assert.Equal(expected, new InclusionClaim("a", height).MayBeAhead(head: 7, mostBlocksBehind: 5));

    private static Inclusion<Shown> Decide(int configured, params (Shown?, bool)[] said) =>
        InclusionRule.Decide(Answers.Of(said), EqualAnswerRule.Needed(configured), s => s.Block, s => $"{s.Text} {s.Block}");

    private sealed record Shown(string Text, BlockPoint? Block);
}
