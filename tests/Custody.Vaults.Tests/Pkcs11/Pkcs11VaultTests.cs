using System.Security.Cryptography;
using Custody.Core.Vaults;
using Custody.Testing;
using Custody.Vaults.Ecdsa;
using Custody.Vaults.Pkcs11;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class Pkcs11VaultTests : IDisposable
{
    private readonly TestToken _token = TestToken.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _token.Dispose();

    [Fact]
    public async Task DescribeAsync_GeneratedKey_TellsItsFacts()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-1", "the trust root's digest");
        await using var vault = _token.Vault();

        var found = Assert.IsType<VaultKeyReading.Found>(await vault.DescribeAsync("hot-1", Cancellation)).Facts;

        Assert.Equal(65, found.PublicKey.Length);
        Assert.Equal(4, found.PublicKey[0]);
        Assert.Equal(publicKey, found.PublicKey);
        Assert.Equal(
            new VaultKeyFacts("hot-1", "the trust root's digest", found.PublicKey, Sensitive: true, NeverExtractable: true, GeneratedInside: true, Modifiable: false, SignOnly: true, _token.Facts.Firmware),
            found);
    }

    [Fact]
    public async Task SignAsync_TwoHundredDigests_EachVerifiesAndNormalisesToLowS()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();
        var high = 0;

        for (var i = 0; i < 200; i++)
        {
            var digest = SHA256.HashData(BitConverter.GetBytes(i));
            var signed = Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", digest, Cancellation));
            var low = Secp256k1Signature.NormalizeLowS(signed.Signature);

            Assert.True(Secp256k1Signature.Verify(publicKey, digest, signed.Signature));
            Assert.NotNull(low);
            Assert.True(Secp256k1Signature.IsLowS(low));
            Assert.True(Secp256k1Signature.Verify(publicKey, digest, low));
            Assert.NotNull(Secp256k1Signature.RecoverYParity(publicKey, digest, low));
            high += Secp256k1Signature.IsLowS(signed.Signature) ? 0 : 1;
        }

        // The device does not normalise; if it gave no high-S at all in 200, the normalisation above was never exercised.
        Assert.InRange(high, 1, 199);
    }

    [Fact]
    public async Task SignAsync_EightThreads_EachGetsItsOwnSignature()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(
            async () =>
            {
                var good = 0;
                for (var i = 0; i < 50; i++)
                {
                    var digest = SHA256.HashData(BitConverter.GetBytes((thread * 1000) + i));
                    var signed = Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", digest, Cancellation));
                    good += Secp256k1Signature.Verify(publicKey, digest, signed.Signature) ? 1 : 0;
                }

                return good;
            },
            Cancellation)));

        Assert.Equal(8 * 50, all.Sum());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public async Task SignAsync_NotThirtyTwoBytes_IsBadDigest(int length)
    {
        await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();

        Assert.Equal(VaultFault.BadDigest, Fault(await vault.SignAsync("hot-1", new byte[length], Cancellation)));
    }

    [Fact]
    public async Task SignAsync_DocumentKey_IsNotAttested()
    {
        await _token.GenerateDocumentKeyAsync("device-1");
        await using var vault = _token.Vault();

        Assert.Equal(VaultFault.KeyNotAttested, Fault(await vault.SignAsync("device-1", new byte[32], Cancellation)));
    }

    [Fact]
    public async Task AnyCall_NoSuchKey_IsKeyMissing()
    {
        await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();

        Assert.Equal(VaultFault.KeyMissing, Fault(await vault.SignAsync("hot-2", new byte[32], Cancellation)));
        Assert.Equal(VaultFault.KeyMissing, Fault(await vault.DescribeAsync("hot-2", Cancellation)));
    }

    [Fact]
    public async Task AnyCall_NoSuchToken_IsTokenMissing()
    {
        await using var byLabel = _token.Vault(_token.Options with { TokenLabel = "no such token" });
        await using var bySerial = _token.Vault(_token.Options with { TokenSerial = "0000000000000000" });

        Assert.Equal(VaultFault.TokenMissing, Fault(await byLabel.SignAsync("hot-1", new byte[32], Cancellation)));
        Assert.Equal(VaultFault.TokenMissing, Fault(await bySerial.DescribeAsync("hot-1", Cancellation)));
    }

    [Fact]
    public async Task SignAsync_TokenChosenBySerial_Signs()
    {
        await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault(_token.Options with { TokenLabel = null, TokenSerial = _token.Facts.Serial });

        Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", new byte[32], Cancellation));
    }

    [Fact]
    public async Task AnyCall_NoSuchModule_IsModuleMissing()
    {
        await using var absent = _token.Vault(_token.Options with { ModulePath = "/nowhere/libnone.so" });
        await using var notAModule = _token.Vault(_token.Options with { ModulePath = _token.PinFile });

        Assert.Equal(VaultFault.ModuleMissing, Fault(await absent.SignAsync("hot-1", new byte[32], Cancellation)));
        Assert.Equal(VaultFault.ModuleMissing, Fault(await notAModule.DescribeAsync("hot-1", Cancellation)));
    }

    [Fact]
    public async Task SignAsync_CancelledBefore_Throws()
    {
        await using var vault = _token.Vault();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => vault.SignAsync("hot-1", new byte[32], new CancellationToken(true)));
    }

    [Fact]
    public async Task SignAsync_AfterDispose_Throws()
    {
        var vault = _token.Vault();
        await _token.GenerateVaultKeyAsync("hot-1");
        Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", new byte[32], Cancellation));
        await vault.DisposeAsync();
        await vault.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => vault.SignAsync("hot-1", new byte[32], Cancellation));
    }

    [Fact]
    public async Task SignAsync_TokenMadeByAnotherProcess_IsFound()
    {
        await SoftHsm.CreateTokenAsync("made-outside", _token.Pin);
        await using var vault = _token.Vault(_token.Options with { TokenLabel = "made-outside" });

        Assert.Equal(VaultFault.KeyMissing, Fault(await vault.SignAsync("hot-1", new byte[32], Cancellation)));
    }

    private static VaultFault Fault(VaultSigning signing) => Assert.IsType<VaultSigning.Faulted>(signing).Fault;

    private static VaultFault Fault(VaultKeyReading reading) => Assert.IsType<VaultKeyReading.Faulted>(reading).Fault;
}
