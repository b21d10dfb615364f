using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Whitelisting;

public sealed class WhitelistStatusTests
{
    private static readonly WhitelistStatus[] All = Enum.GetValues<WhitelistStatus>();

    [Fact]
    public void CanBecome_FromAnEnd_IsNothing() =>
        Assert.All(All.Where(s => s.IsEnd()), end => Assert.All(All.Where(s => s != end), next => Assert.False(end.CanBecome(next))));

    [Fact]
    public void CanBecome_Active_OnlyAfterTheCoolingOff() =>
        Assert.Equal([WhitelistStatus.CoolingOff, WhitelistStatus.Active], All.Where(s => s.CanBecome(WhitelistStatus.Active)));

    [Fact]
    public void CanBecome_Suspended_LeadsBackOnlyThroughACoolingOff() => Assert.Equal(
        [WhitelistStatus.CoolingOff, WhitelistStatus.Suspended, WhitelistStatus.Tombstoned], All.Where(s => WhitelistStatus.Suspended.CanBecome(s)));

    [Fact]
    public void CanBecome_Tombstoned_FromEverythingThatHasNotEnded() =>
        Assert.All(All.Where(s => s != WhitelistStatus.Unknown), s => Assert.Equal(!s.IsEnd() || s == WhitelistStatus.Tombstoned, s.CanBecome(WhitelistStatus.Tombstoned)));

    [Fact]
    public void Become_WhatMayNotFollow_Throws()
    {
        var state = WhitelistState.Proposed(CustodyWorld.Default.Entry, CustodyWorld.Start);

        Assert.Equal(WhitelistStatus.Rejected, state.Become(WhitelistStatus.Rejected).Status);
        Assert.Throws<InvalidOperationException>(() => state.Become(WhitelistStatus.Active));
        Assert.Throws<InvalidOperationException>(() => state.Become(WhitelistStatus.Unknown));
    }
}
