using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Gate;

public sealed class HostClockRuleTests
{
    private static readonly DateTimeOffset Now = CustodyWorld.Start;

    [Fact]
    public void Check_ChainBehindOrALittleAhead_IsAllowed()
    {
        Assert.True(HostClockRule.Check(new Clocks(Now, Now.AddHours(-2))).IsAllowed);
        Assert.True(HostClockRule.Check(new Clocks(Now, Now + HostClockRule.Tolerance)).IsAllowed);
    }

    [Fact]
    public void Check_ChainFurtherAhead_IsRefused() => Assert.Equal(
        RefusalCode.HostClockBehind, HostClockRule.Check(new Clocks(Now, Now + HostClockRule.Tolerance + TimeSpan.FromSeconds(1))).Code);

    [Fact]
    public void Check_ChainUnknown_IsRefused()
    {
        Assert.Equal(RefusalCode.NodeUnavailable, HostClockRule.Check(Now).Code);
        Assert.False(HostClockRule.Check(default).IsAllowed);
    }

    [Property]
    public bool Later_IsNeitherBeforeTheOneNorTheOther(int seconds)
    {
        var clocks = new Clocks(Now, Now.AddSeconds(seconds));
        return clocks.Later >= clocks.Host && clocks.Later >= clocks.Chain && (clocks.Later == clocks.Host || clocks.Later == clocks.Chain);
    }
}
