using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Testing.ManagedHsm;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Tests.Pkcs11;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

public sealed class ManagedHsmDocumentSignerTests : IAsyncLifetime
{
    private HsmBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await HsmBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task SignAsync_P256Key_SignsAsTheRegisteredKey()
    {
        var key = _bench.AddVaultKey("comparison", "P-256");
        var signer = Signer(key.Id);
        var data = "a certificate"u8.ToArray();

        var signature = await signer.SignAsync(data, Cancellation);

        Assert.Equal("comparison-2026", signer.KeyId);
        Assert.Equal(SignatureAlgorithm.Es256, signer.Algorithm);
        Assert.True(SignatureCheck.Verify(new RegisteredKey("comparison-2026", SignatureAlgorithm.Es256, StrictBase64Url.Encode(key.PublicKey)), data, signature));
    }

    [Fact]
    public async Task SignAsync_VaultKey_IsRefused()
    {
        Assert.Equal(VaultFault.KeyNotAttested, await FaultAsync(_bench.Key.Id));
        Assert.Equal(0, _bench.Key.Signed);
    }

    [Fact]
    public async Task SignAsync_SignatureIsNotTheKeys_Throws()
    {
        var key = _bench.AddVaultKey("comparison", "P-256");
        _bench.Server.Play("sign", new HsmTrick.SignWith((k, _) => k.Sign(new byte[32])));

        Assert.Equal(VaultFault.SignatureInvalid, await FaultAsync(key.Id));
    }

    [Fact]
    public async Task SignAsync_NoAnswer_Throws()
    {
        var key = _bench.AddVaultKey("comparison", "P-256");
        _bench.Server.Play("sign", new HsmTrick.Error(403, "Forbidden"));

        Assert.Equal(VaultFault.AccessDenied, await FaultAsync(key.Id));
        Assert.Equal(VaultFault.KeyNotPinned, await FaultAsync("comparison"));
    }

    private async Task<VaultFault> FaultAsync(string hsmKeyId) =>
        (await Assert.ThrowsAsync<ManagedHsmFaultException>(() => Signer(hsmKeyId).SignAsync("a certificate"u8.ToArray(), Cancellation))).Fault;

    private ManagedHsmDocumentSigner Signer(string hsmKeyId) =>
        new(_bench.Client, "comparison-2026", hsmKeyId, _bench.Time, new RecordingLogger<ManagedHsmDocumentSigner>());
}
