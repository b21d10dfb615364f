using Custody.Chains.Evm;

namespace Custody.Chains.Tests.Evm.Quorum;

public sealed class BroadcastRuleTests
{
    [Theory]
    [InlineData(BroadcastVerdict.Accepted, BroadcastVerdict.Rejected, BroadcastVerdict.Accepted, BroadcastVerdict.Unknown)]
    [InlineData(BroadcastVerdict.Accepted, BroadcastVerdict.AlreadyKnown, BroadcastVerdict.Accepted)]
    [InlineData(BroadcastVerdict.AlreadyKnown, BroadcastVerdict.Underpriced, BroadcastVerdict.AlreadyKnown)]
    [InlineData(BroadcastVerdict.AlreadyKnown, BroadcastVerdict.Unknown, BroadcastVerdict.AlreadyKnown)]
    [InlineData(BroadcastVerdict.Unknown, BroadcastVerdict.Rejected, BroadcastVerdict.Unknown)]
    [InlineData(BroadcastVerdict.Unknown, BroadcastVerdict.NonceTooLow, BroadcastVerdict.Unknown)]
    [InlineData(BroadcastVerdict.NonceTooLow, BroadcastVerdict.Rejected, BroadcastVerdict.NonceTooLow)]
    [InlineData(BroadcastVerdict.NonceTooLow, BroadcastVerdict.InsufficientFunds, BroadcastVerdict.NonceTooLow, BroadcastVerdict.Rejected)]
    [InlineData(BroadcastVerdict.InsufficientFunds, BroadcastVerdict.InsufficientFunds, BroadcastVerdict.InsufficientFunds)]
    [InlineData(BroadcastVerdict.Underpriced, BroadcastVerdict.Underpriced, BroadcastVerdict.InsufficientFunds, BroadcastVerdict.Underpriced)]
    [InlineData(BroadcastVerdict.Rejected, BroadcastVerdict.Rejected)]
    public void Combine_Verdicts_OneThatHasThemIsEnoughAndOnlyAllRefuse(BroadcastVerdict expected, params BroadcastVerdict[] verdicts) =>
        Assert.Equal(expected, Combine(verdicts).Verdict);

    [Fact]
    public void Combine_Nothing_IsUnknown() => Assert.Equal(BroadcastVerdict.Unknown, Combine([]).Verdict);

    [Fact]
    public void Combine_Details_NameWhoSaidWhat() =>
        Assert.Equal("a: Accepted 0; b: Rejected 1", Combine([BroadcastVerdict.Accepted, BroadcastVerdict.Rejected]).Detail);

    private static BroadcastAnswer Combine(BroadcastVerdict[] verdicts) =>
        BroadcastRule.Combine([.. verdicts.Select((v, i) => ($"{(char)('a' + i)}", new BroadcastAnswer(v, $"{i}")))]);
}
