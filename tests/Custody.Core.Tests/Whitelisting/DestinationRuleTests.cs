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

    private static Verdict Check(string chain, string address) =>
        DestinationRule.Check(World.Entry with { Chain = ChainId.Parse(chain), Address = address }, World.Governed);
}
