using Custody.Testing.ManagedHsm;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

public sealed class ManagedHsmAttestationTests : IAsyncLifetime
{
    private HsmBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await HsmBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task AttestAsync_EvidenceAndItsCertificates_AreToldAsTheyCame()
    {
        _bench.Key.Attestation = new HsmAttestation(_bench.Server.CertificatePem, [1, 2, 3], [4, 5], "7");

        var attestation = await _bench.Vault.AttestAsync(_bench.Key.Id, Cancellation);

        Assert.Equal(("7", "AQID", "BAU"), (attestation!.Version, attestation.PrivateKey, attestation.PublicKey));
        var certificate = Assert.Single(attestation.Certificates);
        Assert.Equal(($"CN={ManagedHsmServer.HostName}", $"CN={ManagedHsmServer.HostName}"), (certificate.Subject, certificate.Issuer));
        Assert.Equal(64, certificate.Sha256.Length);
        Assert.True(certificate.NotBefore < certificate.NotAfter);
        Assert.Equal(0, _bench.Key.Signed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no certificate at all")]
    public async Task AttestAsync_NoCertificates_TellsTheRest(string pem)
    {
        _bench.Key.Attestation = new HsmAttestation(pem, [1], [2]);

        Assert.Empty((await _bench.Vault.AttestAsync(_bench.Key.Id, Cancellation))!.Certificates);
    }

    [Fact]
    public async Task AttestAsync_NoneOrOfAnotherKeyOrRefused_IsNull()
    {
        Assert.Null(await _bench.Vault.AttestAsync(_bench.Key.Id, Cancellation));

        var other = _bench.AddVaultKey("other");
        _bench.Server.Play("attest", new HsmTrick.Answer(other.BundleJson(other.Id)));
        Assert.Null(await _bench.Vault.AttestAsync(_bench.Key.Id, Cancellation));

        _bench.Key.Attestation = new HsmAttestation("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", [1], [2]);
        Assert.Null(await _bench.Vault.AttestAsync(_bench.Key.Id, Cancellation));

        _bench.Server.Play("attest", new HsmTrick.Error(403, "Forbidden"));
        Assert.Null(await _bench.Vault.AttestAsync(_bench.Key.Id, Cancellation));
        Assert.Null(await _bench.Vault.AttestAsync("https://elsewhere.managedhsm.test/keys/hot", Cancellation));
    }
}
