using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Journals;

public sealed class ClockRuleTests
{
    private static readonly ChainRegistration Chain = SampleGovernance.Document.Chains[0];
    private static readonly DateTimeOffset Block = CustodyWorld.Start;

    [Theory]
    [InlineData(0, ClockDifference.None)]
    [InlineData(600, ClockDifference.None)]
    [InlineData(601, ClockDifference.HostAhead)]
    [InlineData(86_400, ClockDifference.HostAhead)]
    [InlineData(-600, ClockDifference.None)]
    [InlineData(-601, ClockDifference.HostBehind)]
    [InlineData(-86_400, ClockDifference.HostBehind)]
    public void Compare_HostAgainstBlock_ToldBeyondTenMinutes(int seconds, ClockDifference expected) =>
        Assert.Equal(expected, ClockRule.Compare(Chain, Block, Block.AddSeconds(seconds)));

    // A chain on which blocks come seldom may be an hour behind every day; ahead of the host it may not be any more than others.
    [Fact]
    public void Compare_AChainWithOlderBlocks_ToldBeyondTheirAge()
    {
        var slow = Chain with { MaxBlockAgeSeconds = 7_200 };

        Assert.Equal(ClockDifference.None, ClockRule.Compare(slow, Block, Block.AddSeconds(7_200)));
        Assert.Equal(ClockDifference.HostAhead, ClockRule.Compare(slow, Block, Block.AddSeconds(7_201)));
        Assert.Equal(ClockDifference.HostBehind, ClockRule.Compare(slow, Block, Block.AddSeconds(-601)));
    }

    [Fact]
    public void Compare_AChainWithYoungerBlocks_StillToldBeyondTenMinutes() =>
        Assert.Equal(ClockDifference.None, ClockRule.Compare(Chain with { MaxBlockAgeSeconds = 60 }, Block, Block.AddSeconds(600)));
}
