using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Maintenance;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Maintenance;

public sealed class GapFillOrderTests
{
    private static readonly GapFillOrder Order = new("hot-1", SampleGovernance.Chain, People.HotKey.Address.ToString(), 6, 5, 7);
    private static readonly Governed Governed = CustodyWorld.Default.Governed;

    [Fact]
    public void Id_EveryMemberCounts()
    {
        GapFillOrder[] others =
        [
            Order, Order with { VaultId = "warm-1" }, Order with { Chain = Core.Assets.ChainId.Parse("eip155:1") }, Order with { Account = "0x" }, Order with { Nonce = 7 },
            Order with { MaxTotal = 6 }, Order with { MaxRate = 8 },
        ];

        Assert.Equal(others.Length, others.Select(o => o.Id()).Distinct().Count());
        Assert.All(others, o => Assert.Matches("^gap-fill-[0-9a-f]{32}$", o.Id()));
    }

    [Fact]
    public void Intent_PaysNothingToTheAccountThatTheKeyGives_WhateverTheOrderSays()
    {
        var intent = (Order with { Account = CustodyWorld.Destination }).Intent(Governed)!;

        Assert.Equal((IntentKind.GapFill, People.HotKey.Address.ToString(), "hot-1"), (intent.Kind, intent.Destination, intent.VaultId));
        Assert.True(intent.Amount.IsZero);
        Assert.Equal((5, 7), (intent.Fee.MaxTotal, intent.Fee.MaxRate));
    }

    [Fact]
    public void Intent_NoSuchVaultOrChain_IsNone()
    {
        Assert.Null((Order with { VaultId = "nowhere" }).Intent(Governed));
        Assert.Null((Order with { Chain = Core.Assets.ChainId.Parse("eip155:1") }).Intent(Governed));
    }
}
