using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Net.Pkcs11Interop.Common;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class Pkcs11KeyGeneratorTests : IDisposable
{
    private readonly TestToken _token = TestToken.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _token.Dispose();

    [Fact]
    public async Task GenerateVaultKeyAsync_SameIdAgain_LeavesTheFirstAlone()
    {
        var first = await _token.GenerateVaultKeyAsync("hot-1");
        await using var pool = _token.Pool();

        var vaultKey = await TestToken.Generator(pool).GenerateVaultKeyAsync("hot-1", "root", Cancellation);
        var documentKey = await TestToken.Generator(pool).GenerateDocumentKeyAsync("hot-1", "root", Cancellation);

        Assert.Equal(new KeyGeneration.AlreadyThere("hot-1"), vaultKey);
        Assert.Equal(new KeyGeneration.AlreadyThere("hot-1"), documentKey);
        await using var vault = _token.Vault();
        Assert.Equal(first, Assert.IsType<VaultKeyReading.Found>(await vault.DescribeAsync("hot-1", Cancellation)).Facts.PublicKey);
    }

    [Theory]
    [InlineData(CKO.CKO_PRIVATE_KEY)]
    [InlineData(CKO.CKO_PUBLIC_KEY)]
    public async Task GenerateVaultKeyAsync_LabelAfterwards_CannotBeChanged(CKO kind)
    {
        await _token.GenerateVaultKeyAsync("hot-1", "the trust root's digest");
        await using var pool = _token.Pool();

        var answer = await pool.RunAsync<int>(
            session =>
            {
                var attributes = session.Session.Factories.ObjectAttributeFactory;
                var key = session.Session.FindAllObjects([attributes.Create(CKA.CKA_CLASS, kind)]).Single();
                session.Session.SetAttributeValue(key, [attributes.Create(CKA.CKA_LABEL, "another root")]);
                return new Pkcs11Answer<int>.Done(0);
            },
            Cancellation,
            SessionType.ReadWrite);

        Assert.IsType<Pkcs11Answer<int>.Faulted>(answer);
        await using var vault = _token.Vault();
        Assert.Equal("the trust root's digest", Assert.IsType<VaultKeyReading.Found>(await vault.DescribeAsync("hot-1", Cancellation)).Facts.Label);
    }

    [Fact]
    public async Task GenerateVaultKeyAsync_NoToken_IsTokenMissing()
    {
        await using var pool = _token.Pool(_token.Options with { TokenLabel = "no such token" });

        var generation = await TestToken.Generator(pool).GenerateVaultKeyAsync("hot-1", "root", Cancellation);

        Assert.Equal(VaultFault.TokenMissing, Assert.IsType<KeyGeneration.Faulted>(generation).Fault);
    }

    [Fact]
    public async Task ListKeysAsync_TwoKeys_TellsBothWithTheirCurves()
    {
        await _token.GenerateVaultKeyAsync("hot-1");
        await _token.GenerateDocumentKeyAsync("device-1");
        await using var pool = _token.Pool();

        var keys = (await Pkcs11Inventory.ListKeysAsync(pool, Cancellation)).OrThrow();

        Assert.Equal([("device-1", EllipticCurve.P256), ("hot-1", EllipticCurve.Secp256k1)], keys.Select(key => (key.Facts.KeyId, key.Curve)));
        Assert.All(keys, key => Assert.Null(key.Refusal(key.Curve)));
    }
}
