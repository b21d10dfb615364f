using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Testing.World;
using Custody.Vaults.Gate;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

public sealed class FirmwareTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("software 2")]
    [InlineData("Software 1")]
    [InlineData("software 1 ")]
    [InlineData("software")]
    public async Task SignAsync_FirmwareIsNotListed_WaitsUnaskedAndSignsOnceItIs(string? told)
    {
        var bench = new GateBench();
        bench.EditKey(k => k with { Firmware = told });

        var wait = Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync());

        Assert.Equal(RefusalCode.VaultFirmwareNotGoverned, wait.Code);
        Assert.True(wait.Until > bench.Time.GetUtcNow());
        Assert.Equal(0, bench.Hot.Asked);
        Assert.Empty(bench.Signings.Of("hot-1"));
        bench.EditKey(k => k with { Firmware = SoftwareVault.Firmware });
        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_FirmwareIsOneOfSeveral_Signs() => await new GateBench(Listing("software 0", SoftwareVault.Firmware)).SignedAsync();

    [Fact]
    public async Task SignAsync_ListedForAnotherVaultOnly_Waits() => Assert.Equal(
        RefusalCode.VaultFirmwareNotGoverned,
        Assert.IsType<GateOutcome.NotYet>(await new GateBench(World with
        {
            Governance = World.Governance with { Vaults = [.. World.Governance.Vaults.Select(v => v.Id == "hot-1" ? v with { Firmware = ["software 0"] } : v)] },
        }).SignAsync()).Code);

    // What is there already is only handed out again: no device is asked, whatever it runs by now.
    [Fact]
    public async Task SignAsync_SignedBeforeTheUpdate_GivesTheSameSignature()
    {
        var bench = new GateBench();
        var signed = await bench.SignedAsync();
        bench.EditKey(k => k with { Firmware = "software 2" });

        Assert.Equal(signed, await bench.SignedAsync());

        Assert.Equal(1, bench.Hot.Asked);
    }

    // Of a key that is wrong besides, the worse is said: it is held and freezes the vault.
    [Fact]
    public void Check_AnotherKeyAndOtherFirmware_IsAMismatch()
    {
        var vault = World.Governance.Vaults[0];
        var facts = new VaultKeyFacts(
            vault.KeyId, World.TrustRoot, People.WarmKey.PublicKey, Sensitive: true, NeverExtractable: true, GeneratedInside: true, Modifiable: false, SignOnly: true, "software 2");

        Assert.Equal(RefusalCode.VaultKeyMismatch, VaultKeyRule.Check(new VaultKeyReading.Found(facts), vault, World.TrustRoot).Code);
    }

    private static CustodyWorld Listing(params string[] firmware) =>
        World with { Governance = World.Governance with { Vaults = [.. World.Governance.Vaults.Select(v => v with { Firmware = firmware })] } };
}
