using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Governance;
using Custody.Core.Signatures;
using Custody.Testing.ManagedHsm;
using Custody.Vaults.Ecdsa;
using Custody.Vaults.ManagedHsm;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Cli.Tests.Commands;

/// <summary><c>custody vault</c> over a Managed HSM's double.</summary>
public sealed class VaultInAnHsmTests : IAsyncLifetime
{
    private ManagedHsmServer _hsm = null!;
    private HsmKey _key = null!;
    private HsmPermissions _permissions = HsmPermissions.Signer;
    private ApiDouble _api = null!;
    private DemoSystem _system = null!;

    private VaultRegistration Vault => _system.Governed.Document.Vaults[0];

    public async ValueTask InitializeAsync()
    {
        _hsm = await ManagedHsmServer.StartAsync();
        (_api, _system) = await ApiDouble.StartAsync(vaultKey: KeyAsync);
        _system.ManagedHsm = url => new ManagedHsmClient(
            new ManagedHsmOptions { HsmUri = url }, new Issued(() => _hsm.IssueToken(_permissions)), TimeProvider.System, NullLogger<ManagedHsmClient>.Instance, new HttpClientTransport(_hsm.Handler()));
        var settings = new
        {
            IsEncrypted = false,
            Values = new Dictionary<string, string> { ["Custody__Vaults__0__Id"] = Vault.Id, ["Custody__Vaults__0__ManagedHsm"] = _hsm.Uri.GetLeftPart(UriPartial.Authority) },
        };
        await File.WriteAllTextAsync(_system.Home.Of("settings.json"), JsonSerializer.Serialize(settings));
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _hsm.DisposeAsync();
    }

    [Fact]
    public async Task Verify_KeyInTheHsm_ProvesItself()
    {
        var run = await RunAsync("verify");

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var proof = run.OutputJson.GetProperty("proof");
        Assert.True(Secp256k1Signature.Verify(
            Vault.PublicKeyBytes(), Convert.FromHexString(proof.GetProperty("challenge").GetString()!), Convert.FromHexString(proof.GetProperty("signature").GetString()!)));
        Assert.Equal(("managed-hsm", _key.Version), (run.OutputJson.GetProperty("provider").GetString(), run.OutputJson.GetProperty("pinnedVersion").GetString()));
        Assert.Equal(1, _key.Signed);
    }

    [Fact]
    public async Task Show_WithAttestation_ReportsItsCertificates()
    {
        _key.Attestation = new HsmAttestation(_hsm.CertificatePem, [1, 2, 3], [4, 5]);

        var device = (await RunAsync("show")).OutputJson.GetProperty("device");
        var text = await _system.RunAsync(["vault", "show", Vault.Id, "--profile", "olivia"]);

        Assert.Equal("hsmPlatform 2", device.GetProperty("key").GetProperty("firmware").GetString());
        Assert.Equal("AQID", device.GetProperty("attestation").GetProperty("privateKey").GetString());
        var certificate = device.GetProperty("attestation").GetProperty("certificates")[0];
        Assert.Equal($"CN={ManagedHsmServer.HostName}", certificate.GetProperty("subject").GetString());
        Assert.Contains($"CN={ManagedHsmServer.HostName}", text.Output, StringComparison.Ordinal);
        Assert.Equal(0, _key.Signed);
    }

    [Fact]
    public async Task Verify_TagsThatTheIdentityMayWrite_AreRefused()
    {
        var run = await RunAsync("verify", HsmPermissions.Signer | HsmPermissions.Write);

        Assert.Equal((ExitCode.Refused, "vault-key-mismatch"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(0, _key.Signed);
    }

    private Task<CliRun> RunAsync(string command, HsmPermissions permissions = HsmPermissions.Signer)
    {
        _permissions = permissions;
        return _system.RunAsync(["vault", command, Vault.Id, "--profile", "olivia", "--json"]);
    }

    private Task<VaultKey> KeyAsync(string keyId, string trustRoot)
    {
        _key = _hsm.AddKey("hot-eth", "P-256K", ("custody-trust-root", trustRoot), ("custody-origin", "generated-inside"));
        return Task.FromResult(new VaultKey(_key.Id, StrictBase64Url.Encode(_key.PublicKey), "hsmPlatform 2"));
    }

    private sealed class Issued(Func<string> issue) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(issue(), TimeProvider.System.GetUtcNow().AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
