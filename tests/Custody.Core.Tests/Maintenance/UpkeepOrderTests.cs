using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Maintenance;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Maintenance;

public sealed class UpkeepOrderTests
{
    private static readonly UpkeepOrder Order = new("hot-1", SampleGovernance.Chain, People.HotKey.Address.ToString(), 6, 5, 7);
    private static readonly Governed Governed = CustodyWorld.Default.Governed;

    [Fact]
    public void Id_EveryMemberCounts()
    {
        UpkeepOrder[] others =
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

    private static readonly UpkeepOrder Funding = Order with { Nonce = null, Funding = new FundingOrder("warm-1", People.WarmKey.Address.ToString(), 9, "r") };

    [Fact]
    public void Id_OfAFunding_EveryMemberCounts()
    {
        UpkeepOrder[] others =
        [
            Funding, Funding with { VaultId = "warm-1" }, Funding with { MaxTotal = 6 }, Funding with { Funding = Funding.Funding! with { VaultId = "hot-1" } },
            Funding with { Funding = Funding.Funding! with { Account = "0x" } }, Funding with { Funding = Funding.Funding! with { Amount = 8 } }, Funding with { Funding = Funding.Funding! with { Reference = "s" } },
        ];

        Assert.Equal(others.Length, others.Select(o => o.Id()).Distinct().Count());
        Assert.All(others, o => Assert.Matches("^gas-funding-[0-9a-f]{32}$", o.Id()));
    }

    [Fact]
    public void Intent_OfAFunding_PaysTheAccountThatTheFundedKeyGives_WhateverTheOrderSays()
    {
        var intent = (Funding with { Funding = Funding.Funding! with { Account = CustodyWorld.Destination } }).Intent(Governed)!;

        Assert.Equal((IntentKind.GasFunding, People.WarmKey.Address.ToString(), "hot-1", 9), (intent.Kind, intent.Destination, intent.VaultId, (int)intent.Amount));
    }

    [Fact]
    public void Intent_OfAFundingOfItselfOrNobody_OrOfNoKind_IsNone()
    {
        Assert.Null((Funding with { Funding = Funding.Funding! with { VaultId = "hot-1" } }).Intent(Governed));
        Assert.Null((Funding with { Funding = Funding.Funding! with { VaultId = "nowhere" } }).Intent(Governed));
        Assert.Null((Funding with { Nonce = 6 }).Intent(Governed));
        Assert.Null((Order with { Nonce = null }).Intent(Governed));
    }
}
