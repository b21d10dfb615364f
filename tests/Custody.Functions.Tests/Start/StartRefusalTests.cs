using System.Globalization;
using Custody.Functions.Tests.Support;
using Custody.Testing;
using Custody.Testing.App;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Custody.Functions.Tests.Start;

/// <summary>Whoever changes the settings gets no signature: the app does not even start, says why, and exits with 1.</summary>
public sealed class StartRefusalTests(SharedSystem shared) : ApiTest(shared)
{
    private async Task<string> RefusedAsync(params (string Name, string? Value)[] changes)
    {
        var ended = await System.StartToEndAsync(changes.ToDictionary(c => c.Name, c => c.Value), Cancellation);
        Assert.True(ended.ExitCode == 1, $"exit code {ended.ExitCode}\n{ended.Output}");
        Assert.Contains("The custody app does not start:", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output, StringComparison.Ordinal);
        return ended.Output;
    }

    [Fact]
    public async Task Start_MissingAndMalformedSettings_AreAllNamed()
    {
        var output = await RefusedAsync(("Custody__Api__Audience", null), ("Custody__TrustRoot", "nonsense"), ("Custody__Storage__Journals", "nonsense"));
        Assert.Contains("The setting Custody__Api__Audience is missing; expected: the aud of call tokens", output, StringComparison.Ordinal);
        Assert.Contains("The setting Custody__TrustRoot is malformed; expected: 64 lower-case hex digits", output, StringComparison.Ordinal);
        Assert.Contains("The setting Custody__Storage__Journals is malformed; expected: a storage connection string", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ChangedTrustRoot_IsRefused() => Assert.Contains(
        "journal-broken: The journal 'stop' does not begin with the pinned trust root", await RefusedAsync(("Custody__TrustRoot", new string('0', 64))), StringComparison.Ordinal);

    [Fact]
    public async Task Start_JournalsAreMissing_IsRefused()
    {
        await using var empty = await AzuriteServer.StartAsync();
        Assert.Contains("journal-broken: ", await RefusedAsync(("Custody__Storage__Journals", empty.JournalConnection)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NodeOnAnotherChain_IsRefused()
    {
        await using var other = await AnvilNode.StartAsync(chainId: 1);
        Assert.Contains("node-wrong-chain: ", await RefusedAsync(("Custody__Chains__0__Endpoint", other.Url.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NodeWithAnotherGenesis_IsRefused()
    {
        await using var other = await AnvilNode.StartAsync(more: ["--timestamp", "1"]);
        Assert.Contains("node-wrong-chain: ", await RefusedAsync(("Custody__Chains__0__Endpoint", other.Url.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_VaultKeyUnderAnotherRoot_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var label = $"other-{NewRequestId()[..8]}";
        var pin = RandomPin();
        await SoftHsm.CreateTokenAsync(label, pin);
        await File.WriteAllTextAsync(folder.Of("pin"), pin, Cancellation);
        var options = new Pkcs11Options { ModulePath = SoftHsm.ModulePath, TokenLabel = label, PinFile = folder.Of("pin") };
        await using (var pool = new Pkcs11SessionPool(options, TimeProvider.System, NullLogger<Pkcs11SessionPool>.Instance))
        {
            var generator = new Pkcs11KeyGenerator(pool, NullLogger<Pkcs11KeyGenerator>.Instance);
            Assert.IsType<KeyGeneration.Generated>(await generator.GenerateVaultKeyAsync("vault-hot-eth", new string('0', 64), Cancellation));
        }

        var output = await RefusedAsync(("Custody__Vaults__0__TokenLabel", label), ("Custody__Vaults__0__PinFile", folder.Of("pin")));
        Assert.Contains("vault-key-mismatch: the vault 'hot-eth': The key 'vault-hot-eth' carries another trust root.", output, StringComparison.Ordinal);
        Assert.DoesNotContain(pin, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoDeviceForAGovernedVault_IsRefused() => Assert.Contains(
        "No device is configured for the governed vault 'hot-eth'", await RefusedAsync(("Custody__Vaults__0__Id", "cold")), StringComparison.Ordinal);

    private static string RandomPin() => Random.Shared.NextInt64(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);
}
