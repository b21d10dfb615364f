using System.Text;
using System.Text.Json;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Testing;
using Custody.Vaults.Ecdsa;
using Custody.Vaults.Gate;

namespace Custody.Cli.Tests.Commands;

/// <summary><c>custody vault</c> over a SoftHSM token, with governance from the API's double.</summary>
public sealed class VaultCommandTests : IAsyncLifetime
{
    private VaultToken _token = null!;
    private ApiDouble _api = null!;
    private DemoSystem _system = null!;

    private VaultRegistration Vault => _system.Governed.Document.Vaults[0];

    public async ValueTask InitializeAsync()
    {
        _token = await VaultToken.CreateAsync();
        (_api, _system) = await ApiDouble.StartAsync(vaultKey: _token.KeyAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _token.Dispose();
    }

    [Fact]
    public async Task Verify_DeviceHoldsTheGovernedKey_ProvesItWithAChallengeThatAnybodyCanVerify()
    {
        var run = await RunAsync("verify", Vault.Id);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var proof = run.OutputJson.GetProperty("proof");
        Assert.True(Secp256k1Signature.Verify(Vault.PublicKeyBytes(), Hex(proof, "challenge"), Hex(proof, "signature")));
        Assert.True(Secp256k1Signature.IsLowS(Hex(proof, "signature")));
        Assert.True(run.OutputJson.GetProperty("device").GetProperty("signs").GetBoolean());
        Assert.NotEqual(proof.GetProperty("challenge").GetString(), (await RunAsync("verify", Vault.Id)).OutputJson.GetProperty("proof").GetProperty("challenge").GetString());
    }

    [Fact]
    public async Task Show_AsksTheDeviceForWhatItIs()
    {
        var run = await RunAsync("show", Vault.Id);
        var text = await _system.RunAsync(["vault", "show", Vault.Id, "--profile", "olivia", .. _token.Options]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var document = run.OutputJson;
        Assert.Equal(
            ("hot-eth", "withdrawal maintenance", "hot", "active", "pkcs11", Vault.EvmAddress().ToString()),
            (Text(document, "id"), string.Join(' ', document.GetProperty("purposes").EnumerateArray().Select(p => p.GetString())), Text(document, "tier"), Text(document, "state"), Text(document, "provider"), Text(document, "address")));
        var token = document.GetProperty("device").GetProperty("token");
        Assert.Equal((_token.Label, "SoftHSM project"), (Text(token, "label"), Text(token, "manufacturer")));
        Assert.Equal($"{Text(token, "model")} {Text(token, "firmwareVersion")}", Vault.Firmware![0]);
        Assert.NotEmpty(Text(token, "serial")!);
        Assert.NotEmpty(Text(token, "hardwareVersion")!);
        Assert.Equal(_system.Draft.TrustRoot, Text(document.GetProperty("device").GetProperty("key"), "label"));
        Assert.Contains("SoftHSM project, model SoftHSM v2", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_DevicesOfTheSettings_AreAsked()
    {
        await File.WriteAllTextAsync(_system.Home.Of("settings.json"), Settings(_token.Label), Cancellation);
        var item = (await ListAsync())[0];
        Assert.True(item.GetProperty("device").GetProperty("signs").GetBoolean());

        await File.WriteAllTextAsync(_system.Home.Of("settings.json"), Settings("no such token"), Cancellation);
        item = (await ListAsync())[0];
        Assert.Equal("vault-token-missing", Text(item.GetProperty("device"), "code"));
        Assert.Equal(Vault.EvmAddress().ToString(), Text(item, "address"));
    }

    [Fact]
    public async Task List_TokenBySerialNumber_IsAsked()
    {
        await File.WriteAllTextAsync(_system.Home.Of("settings.json"), Settings(_token.Label), Cancellation);
        var serial = Text((await ListAsync())[0].GetProperty("device").GetProperty("token"), "serial")!;

        await File.WriteAllTextAsync(_system.Home.Of("settings.json"), Settings(serial, "TokenSerial"), Cancellation);
        Assert.True((await ListAsync())[0].GetProperty("device").GetProperty("signs").GetBoolean());

        await File.WriteAllTextAsync(_system.Home.Of("settings.json"), Settings("no such serial", "TokenSerial"), Cancellation);
        Assert.Equal("vault-token-missing", Text((await ListAsync())[0].GetProperty("device"), "code"));
    }

    [Fact]
    public async Task List_NoSettings_SaysWhatGovernanceSays()
    {
        var item = (await ListAsync())[0];

        Assert.Equal(JsonValueKind.Null, item.GetProperty("device").ValueKind);
        Assert.Equal(Vault.KeyId, Text(item, "keyId"));
    }

    [Fact]
    public async Task Generate_PrintsTheRegistrationOfAKeyThatTheGateWouldTake_AndNeverOverwrites()
    {
        string[] command = ["vault", "generate", "warm-eth", "--chain", "eip155:31337", "--tier", "warm", "--profile", "grace", "--json", .. _token.Options];
        var run = await _system.RunAsync(command);
        var again = await _system.RunAsync(command);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var registration = CanonicalJson.DeserializeLoose<VaultRegistration>(Encoding.UTF8.GetBytes(run.OutputJson.GetProperty("registration").GetRawText()));
        Assert.Equal(("warm-eth", VaultTier.Warm, "vault-warm-eth"), (registration.Id, registration.Tier, registration.KeyId));
        Assert.Equal(Vault.Firmware!, registration.Firmware!);
        Assert.Equal(registration.EvmAddress().ToString(), Text(run.OutputJson, "address"));
        Assert.Equal((ExitCode.Refused, Codes.KeyExists), (again.ExitCode, Text(again.ErrorJson, "code")));

        // What was printed is what the device holds, under this system's root.
        var place = new Devices.VaultPlace(SoftHsm.ModulePath, _token.Label, null, _token.PinFile);
        await using var device = Devices.OpenedDevice.Open(place, new CliEnvironment(TextWriter.Null, TextWriter.Null, TextReader.Null, TimeProvider.System, _ => null, false, false));
        var proof = await KeyControl.ProveAsync(device.Vault, registration, _system.Draft.TrustRoot, TimeProvider.System, Cancellation);
        Assert.True(proof.Verdict.IsAllowed, proof.Verdict.Detail);
    }

    [Fact]
    public async Task Generate_DraftWithIt_ReadsAsGovernance()
    {
        var run = await _system.RunAsync(["vault", "generate", "cold-eth", "--chain", "eip155:31337", "--tier", "cold", "--profile", "grace", "--json", .. _token.Options]);
        Assert.Equal(0, (await _system.RunAsync(["governance", "draft", _system.Home.Of("next.json"), "--profile", "grace"])).ExitCode);
        var draft = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(_system.Home.Of("next.json"), Cancellation))!;
        draft["vaults"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse(run.OutputJson.GetProperty("registration").GetRawText()));
        await File.WriteAllTextAsync(_system.Home.Of("next.json"), draft.ToJsonString(), Cancellation);

        var diff = await _system.RunAsync(["governance", "diff", _system.Home.Of("next.json"), "--profile", "grace"]);

        Assert.Equal(0, diff.ExitCode);
        Assert.Contains("vaults 'cold-eth' is added", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AnotherKeyOnTheDevice_IsNotTheGovernedOne()
    {
        using var other = await VaultToken.CreateAsync();
        await other.KeyAsync(Vault.KeyId, _system.Draft.TrustRoot);

        var run = await _system.RunAsync(["vault", "verify", Vault.Id, "--profile", "olivia", "--json", .. other.Options]);

        Assert.Equal((ExitCode.Refused, "vault-key-mismatch"), (run.ExitCode, Text(run.ErrorJson, "code")));
        Assert.Equal(JsonValueKind.Null, run.ErrorJson.GetProperty("vault").GetProperty("proof").GetProperty("challenge").ValueKind);
    }

    [Theory]
    [InlineData("--token-label", "no such token", "vault-token-missing")]
    [InlineData("--module", "/nowhere/module.so", "vault-module-missing")]
    [InlineData("--pin-file", "/nowhere/pin", "vault-pin-wrong")]
    public async Task Verify_DeviceDoesNotAnswer_SaysWhy(string option, string value, string code)
    {
        var options = _token.Options;
        options[Array.IndexOf(options, option) + 1] = value;

        var run = await _system.RunAsync(["vault", "verify", Vault.Id, "--profile", "olivia", "--json", .. options]);

        Assert.Equal((ExitCode.Refused, code), (run.ExitCode, Text(run.ErrorJson, "code")));
    }

    [Fact]
    public async Task Verify_KeyIsNotThere_SaysSo()
    {
        using var empty = await VaultToken.CreateAsync();

        var run = await _system.RunAsync(["vault", "verify", Vault.Id, "--profile", "olivia", "--json", .. empty.Options]);

        Assert.Equal("vault-key-missing", Text(run.ErrorJson, "code"));
    }

    [Fact]
    public async Task AnyCommand_WrongArguments_AreUsage()
    {
        Assert.Equal("not-found", Text((await RunAsync("show", "hot-xyz")).ErrorJson, "code"));
        Assert.Equal(ExitCode.Usage, (await _system.RunAsync(["vault", "show", Vault.Id, "--profile", "olivia"])).ExitCode);
        Assert.Equal(ExitCode.Usage, (await _system.RunAsync(["vault", "verify", Vault.Id, "--profile", "olivia", "--module", "relative.so", "--token-label", "x", "--pin-file", "y"])).ExitCode);
        Assert.Equal(ExitCode.Usage, (await _system.RunAsync(["vault", "generate", "bad id", "--chain", "eip155:1", "--tier", "hot", "--profile", "grace", .. _token.Options])).ExitCode);
        Assert.Equal(ExitCode.Usage, (await _system.RunAsync(["vault", "generate", "x", "--chain", "eip155:1", "--tier", "unknown", "--profile", "grace", .. _token.Options])).ExitCode);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<CliRun> RunAsync(string command, string vault) => _system.RunAsync(["vault", command, vault, "--profile", "olivia", "--json", .. _token.Options]);

    private async Task<List<JsonElement>> ListAsync()
    {
        var run = await _system.RunAsync(["vault", "list", "--profile", "olivia", "--json"]);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains(Vault.Id, (await _system.RunAsync(["vault", "list", "--profile", "olivia"])).Output, StringComparison.Ordinal);
        return [.. run.OutputJson.GetProperty("items").EnumerateArray()];
    }

    private string Settings(string name, string member = "TokenLabel") => JsonSerializer.Serialize(new
    {
        IsEncrypted = false,
        Values = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = "x",
            ["Custody__Vaults__0__Id"] = Vault.Id,
            ["Custody__Vaults__0__Module"] = SoftHsm.ModulePath,
            [$"Custody__Vaults__0__{member}"] = name,
            ["Custody__Vaults__0__PinFile"] = _token.PinFile,
        },
    });

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(Text(element, name)!);
}
