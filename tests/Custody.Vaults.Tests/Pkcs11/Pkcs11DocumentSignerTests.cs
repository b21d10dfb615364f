using System.Security.Cryptography;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class Pkcs11DocumentSignerTests : IDisposable
{
    private readonly TestToken _token = TestToken.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _token.Dispose();

    [Fact]
    public async Task SignAsync_AnyDocument_VerifiesAsEs256()
    {
        await _token.GenerateDocumentKeyAsync("device-1");
        await using var pool = _token.Pool();
        var signer = new Pkcs11DocumentSigner(pool, "alice-laptop", "device-1");
        var publicKey = await signer.ReadPublicKeyAsync(Cancellation);
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[1..33], Y = publicKey[33..] },
        });

        Assert.Equal("alice-laptop", signer.KeyId);
        Assert.Equal(SignatureAlgorithm.Es256, signer.Algorithm);
        foreach (var length in new[] { 0, 1, 32, 5000 })
        {
            var document = RandomNumberGenerator.GetBytes(length);
            var signature = await signer.SignAsync(document, Cancellation);
            Assert.True(verifier.VerifyData(document, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
    }

    [Fact]
    public async Task SignAsync_VaultKey_Throws()
    {
        await _token.GenerateVaultKeyAsync("hot-1");
        await using var pool = _token.Pool();
        var signer = new Pkcs11DocumentSigner(pool, "hot-1");

        var signing = await Assert.ThrowsAsync<Pkcs11FaultException>(() => signer.SignAsync(new byte[32], Cancellation));
        var reading = await Assert.ThrowsAsync<Pkcs11FaultException>(() => signer.ReadPublicKeyAsync(Cancellation));

        Assert.Equal(VaultFault.KeyNotAttested, signing.Fault);
        Assert.Equal(VaultFault.KeyNotAttested, reading.Fault);
    }

    [Fact]
    public async Task SignAsync_NoSuchKey_Throws()
    {
        await using var pool = _token.Pool();
        var signer = new Pkcs11DocumentSigner(pool, "nobody");

        Assert.Equal(VaultFault.KeyMissing, (await Assert.ThrowsAsync<Pkcs11FaultException>(() => signer.SignAsync(new byte[1], Cancellation))).Fault);
    }
}
