using Custody.Chains.Evm;

namespace Custody.Chains.Tests.Evm;

public sealed class OutbiddingTests
{
    // Base fee 800: what may be needed for the block after is 800 + 100 + 1.
    [Theory]
    [InlineData(901, 5, false)]
    [InlineData(900, 5, true)]
    [InlineData(2000, 5, false)]
    [InlineData(2000, 4, true)]
    [InlineData(904, 200, false)]
    public void IsNeeded_OfferAgainstTheMarket(int maxFee, int maxTip, bool expected) =>
        Assert.Equal(expected, Outbidding.IsNeeded(new FeeMarket(800, 5, [5, 7]), maxFee, maxTip));

    [Fact]
    public void IsNeeded_ASuggestionThatNobodyPays_OutbidsNothing() =>
        Assert.False(Outbidding.IsNeeded(new FeeMarket(800, 1_000_000, [5, 7]), 2000, 7));

    [Fact]
    public void IsNeeded_ANegativeBaseFee_IsNone() => Assert.False(Outbidding.IsNeeded(new FeeMarket(-5, 1, []), 2, 1));
}
