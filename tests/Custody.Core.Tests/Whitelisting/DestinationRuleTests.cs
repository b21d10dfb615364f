using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Whitelisting;

public sealed class DestinationRuleTests
{
    private const string Bitcoin = "bip122:000000000019d6689c085ae165831e93";

    private static readonly CustodyWorld World = CustodyWorld.Default;

    public static TheoryData<string, string> Forbidden => new()
    {
        { "eip155:31337", "0x0000000000000000000000000000000000000000" },
        { "eip155:31337", "0x000000000000000000000000000000000000dEaD" },
        { "eip155:31337", "0x0000000000000000000000000000000000000009" },
        { "eip155:31337", EvmAddress.Parse("0xdead000000000000000042069420694206942069").ToString() },
        { "eip155:31337", EvmAddress.Parse("0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee").ToString() },
        { "eip155:31337", EvmAddress.Parse("0xffffffffffffffffffffffffffffffffffffffff").ToString() },
        { "eip155:31337", People.HotKey.Address.ToString() },
        { "eip155:1", People.WarmKey.Address.ToString() },
        { Bitcoin, "1111111111111111111114oLvT2" },
        { Bitcoin, "1BitcoinEaterAddressDontSendf59kuE" },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Check_BurnReservedOrOurOwn_IsForbidden(string chain, string address) => Assert.Equal(RefusalCode.DestinationForbidden, Check(chain, address).Code);

    [Fact]
    public void Check_AnOrdinaryAddress_IsAllowed()
    {
        Assert.True(Check("eip155:31337", CustodyWorld.Destination).IsAllowed);
        Assert.True(Check(Bitcoin, "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i").IsAllowed);
    }

    [Fact]
    public void Check_AChainOnWhichOurAddressesCannotBeDerived_IsForbidden()
    {
        var chain = ChainId.Parse(Bitcoin);
        var vault = SampleGovernance.Vault("btc-1", VaultTier.Hot, new VaultKey("btc-key-1")) with { Chain = chain };
        var world = World with { Governance = World.Governance with { Vaults = [.. World.Governance.Vaults, vault], Chains = [.. World.Governance.Chains, World.Governance.Chains[0] with { Id = chain }] } };

        Assert.Equal(
            RefusalCode.DestinationForbidden,
            DestinationRule.Check(World.Entry with { Chain = chain, Address = "1AGNa15ZQXAZUgFiqJ2i7Z2DPU2J6hW62i" }, world.Governed).Code);
    }

    // What is sent to the contract nobody can move again, whether or not governance still names the token.
    [Fact]
    public void Check_ATokensContract_IsForbiddenForEverAfter()
    {
        var with = SampleToken.World.Governed;
        var without = Succeeded(SampleToken.World, SampleToken.Document with { Assets = World.Governance.Assets, Retail = World.Governance.Retail });
        var again = Succeeded(SampleToken.World, without.Document with { Operators = [World.Governance.Operators[0]] }, without);

        Assert.Null(again.Asset(SampleToken.Asset));
        Assert.All([with, without, again], g => Assert.Equal(RefusalCode.DestinationForbidden, DestinationRule.Check(World.Entry with { Address = SampleToken.Contract }, g).Code));
        Assert.True(DestinationRule.Check(World.Entry with { Address = SampleToken.Contract }, World.Governed).IsAllowed);
    }

    [Fact]
    public void Check_AVaultThatGovernanceDropped_IsForbiddenForEverAfter()
    {
        var without = Succeeded(World, World.Governance with { Vaults = [World.Governance.Vaults[0]], Rules = [World.Governance.Rules[0]] });

        Assert.Null(without.Vault("warm-1"));
        Assert.Equal(RefusalCode.DestinationForbidden, DestinationRule.Check(World.Entry with { Address = People.WarmKey.Address.ToString() }, without).Code);
    }

    private static Governed Succeeded(CustodyWorld world, GovernanceDocument next, Governed? before = null)
    {
        var previous = before ?? world.Governed;
        return Assert.IsType<GovernanceReading.Verified>(
            SuccessionRule.Check(previous, Succession.Signed(Succession.Next(previous.Document, _ => next)), world.Now)).Governed;
    }

    private static Verdict Check(string chain, string address) =>
        DestinationRule.Check(World.Entry with { Chain = ChainId.Parse(chain), Address = address }, World.Governed);
}
