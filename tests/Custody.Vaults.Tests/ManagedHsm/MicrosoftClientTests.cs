using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Custody.Testing;
using Custody.Testing.ManagedHsm;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>The double is what Microsoft's own client (@azure/keyvault-keys) takes for a Managed HSM.</summary>
public sealed class MicrosoftClientTests : IAsyncLifetime
{
    private ManagedHsmServer _server = null!;

    public static TheoryData<string> Curves => ["P-256K", "P-256"];

    public async ValueTask InitializeAsync() => _server = await ManagedHsmServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Curves))]
    public async Task GetKey_PinnedVersion_IsRead(string curve)
    {
        var key = _server.AddKey("hot", curve, ("custody-trust-root", "abc"));
        key.NotBefore = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        key.Expires = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
        _server.AddKey("hot", curve);

        var (answers, asked) = await RunAsync(HsmPermissions.Read, new { @do = "get", name = "hot", version = key.Version });

        var got = answers[0];
        Assert.Equal(key.Id, got.GetProperty("id").GetString());
        Assert.Equal(key.Version, got.GetProperty("version").GetString());
        Assert.Equal("EC-HSM", got.GetProperty("type").GetString());
        Assert.Equal(curve, got.GetProperty("curve").GetString());
        Assert.Equal(Convert.ToHexStringLower(key.PublicKey), $"04{got.GetProperty("x").GetString()}{got.GetProperty("y").GetString()}");
        Assert.Equal(["sign", "verify"], got.GetProperty("operations").EnumerateArray().Select(o => o.GetString()!));
        Assert.True(got.GetProperty("enabled").GetBoolean());
        Assert.False(got.GetProperty("exportable").GetBoolean());
        Assert.Equal("2", got.GetProperty("hsmPlatform").GetString());
        Assert.Equal("abc", got.GetProperty("tags").GetProperty("custody-trust-root").GetString());
        Assert.Equal(key.NotBefore, got.GetProperty("notBefore").GetDateTimeOffset());
        Assert.Equal(key.Expires, got.GetProperty("expiresOn").GetDateTimeOffset());

        // The challenge said which token: the client asked for that resource, of that tenant, and sent nothing unasked.
        Assert.Equal($"{ManagedHsmServer.Resource}/.default", asked[0].GetProperty("scopes")[0].GetString());
        Assert.Equal(ManagedHsmServer.Tenant, asked[0].GetProperty("tenant").GetString());
        Assert.Equal([false, true], _server.Requests.Select(r => r.Authorized));
    }

    [Fact]
    public async Task GetKey_NoVersion_IsTheNewest()
    {
        _server.AddKey("hot");
        var newest = _server.AddKey("hot");

        var (answers, _) = await RunAsync(HsmPermissions.Read, new { @do = "get", name = "hot" });

        Assert.Equal(newest.Id, answers[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task GetKeyAttestation_IsRead()
    {
        var key = _server.AddKey("hot");
        key.Attestation = new HsmAttestation(_server.CertificatePem, [1, 2, 3], [4, 5], "7");

        var (answers, _) = await RunAsync(HsmPermissions.Read, new { @do = "attest", name = "hot", version = key.Version });

        Assert.Equal("7", answers[0].GetProperty("version").GetString());
        Assert.Equal(_server.CertificatePem, answers[0].GetProperty("certificates").GetString());
        Assert.Equal(("010203", "0405"), (answers[0].GetProperty("privateKey").GetString(), answers[0].GetProperty("publicKey").GetString()));
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public async Task Sign_Digest_IsTheKeysSignature(string curve)
    {
        var key = _server.AddKey("hot", curve);
        var digest = SHA256.HashData("a document"u8);

        var (answers, _) = await RunAsync(HsmPermissions.Signer, new { @do = "sign", id = key.Id, algorithm = key.Algorithm, digest = Convert.ToHexStringLower(digest) });

        Assert.Equal(key.Id, answers[0].GetProperty("id").GetString());
        Assert.True(key.Verify(digest, Convert.FromHexString(answers[0].GetProperty("signature").GetString()!)));
        Assert.Equal(1, key.Signed);
        // Microsoft's client, too, learns of the challenge before it sends what is to be signed.
        Assert.All(_server.Requests.Where(r => !r.Authorized), r => Assert.Equal("", r.Body));
    }

    [Fact]
    public async Task Errors_EachOne_IsUnderstood()
    {
        var key = _server.AddKey("hot");
        var disabled = _server.AddKey("disabled");
        disabled.Enabled = false;
        var digest = new string('0', 64);
        _server.Play("sign", new HsmTrick.Error(409, "Conflict"));

        var (answers, _) = await RunAsync(
            HsmPermissions.Signer,
            new { @do = "sign", id = key.Id, algorithm = "ES256K", digest },
            new { @do = "get", name = "none" },
            new { @do = "sign", id = disabled.Id, algorithm = "ES256K", digest },
            new { @do = "update", name = "hot", version = key.Version, tags = new { a = "b" } },
            new { @do = "sign", id = key.Id, algorithm = "ES256", digest });

        Assert.Equal(
            ["409 Conflict", "404 KeyNotFound", "403 Forbidden", "403 Forbidden", "400 BadParameter"],
            answers.Select(a => $"{a.GetProperty("status").GetInt32().ToString(CultureInfo.InvariantCulture)} {a.GetProperty("code").GetString()}"));
        Assert.Empty(key.Tags);
        Assert.Equal(0, key.Signed + disabled.Signed);
    }

    [Fact]
    public async Task Update_WithThePermission_Changes()
    {
        var key = _server.AddKey("hot");

        var (answers, _) = await RunAsync(HsmPermissions.Read | HsmPermissions.Write, new { @do = "update", name = "hot", version = key.Version, tags = new { a = "b" } });

        Assert.Equal("b", answers[0].GetProperty("tags").GetProperty("a").GetString());
        Assert.Equal("b", key.Tags["a"]);
    }

    [Fact]
    public async Task Throttled_RetryAfter_IsHeededAndThenServed()
    {
        var key = _server.AddKey("hot");
        _server.Play("get", new HsmTrick.Error(429, "Throttled", "1"));

        var (answers, _) = await RunAsync(HsmPermissions.Read, new { @do = "get", name = "hot", version = key.Version });

        Assert.Equal(key.Id, answers[0].GetProperty("id").GetString());
        Assert.Equal(2, _server.Asked("get"));
    }

    [Fact]
    public async Task Challenge_OfAnotherResource_IsRefusedByMicrosoftsClientToo()
    {
        var key = _server.AddKey("hot");
        _server.Challenge = """Bearer authorization="https://login.managedhsm.test/t", resource="https://vault.azure.net" """.TrimEnd();

        var (answers, asked) = await RunAsync(HsmPermissions.Read, new { @do = "get", name = "hot", version = key.Version });

        Assert.Contains("does not match the requested domain", answers[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    private async Task<(JsonElement[] Answers, JsonElement[] Asked)> RunAsync(HsmPermissions permissions, params object[] steps)
    {
        using var folder = new TemporaryFolder();
        var order = new { url = _server.Uri, certificate = _server.CertificatePem, token = _server.IssueToken(permissions), steps };
        await File.WriteAllTextAsync(folder.Of("in.json"), JsonSerializer.Serialize(order), TestContext.Current.CancellationToken);
        var script = RepositoryRoot.Of("tests", "KeyVaultClient", "keyvault-client.mjs");
        await using var node = ChildProcess.Start("keyvault-client", "node", [script, folder.Of("in.json"), folder.Of("out.json")]);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, $"Microsoft's client failed (npm ci in tests/KeyVaultClient installs it):\n{node.Output}");
        using var answer = JsonDocument.Parse(await File.ReadAllTextAsync(folder.Of("out.json"), TestContext.Current.CancellationToken));
        return (
            [.. answer.RootElement.GetProperty("answers").EnumerateArray().Select(a => a.Clone())],
            [.. answer.RootElement.GetProperty("asked").EnumerateArray().Select(a => a.Clone())]);
    }
}
