using System.Security.Cryptography;
using Custody.Core.Vaults;
using Custody.Vaults.Ecdsa;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;
using Net.Pkcs11Interop.Common;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

public sealed class TokenLossTests : IDisposable
{
    private static readonly byte[] Digest = SHA256.HashData("digest"u8);
    private readonly TestToken _token = TestToken.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _token.Dispose();

    [Fact]
    public async Task when_the_token_is_taken_away_and_put_back_signing_waits_and_goes_on()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();
        Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", Digest, Cancellation));

        _token.TakeAway();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(VaultFault.TokenMissing, Fault(await vault.SignAsync("hot-1", Digest, Cancellation)));
        }

        _token.PutBack();
        _token.Time.Advance(TimeSpan.FromMinutes(1));
        var signed = Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", Digest, Cancellation));
        Assert.True(Secp256k1Signature.Verify(publicKey, Digest, signed.Signature));
    }

    // A search on a vanished token finds nothing and reports no error; taken at its word, the key would be "missing".
    [Fact]
    public async Task when_the_token_is_taken_away_its_keys_are_not_called_missing()
    {
        await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();
        Assert.IsType<VaultKeyReading.Found>(await vault.DescribeAsync("hot-1", Cancellation));

        _token.TakeAway();
        var reading = await vault.DescribeAsync("hot-1", Cancellation);

        Assert.Equal(VaultFault.TokenMissing, Assert.IsType<VaultKeyReading.Faulted>(reading).Fault);
    }

    [Fact]
    public async Task when_the_token_is_exchanged_between_two_calls_the_next_call_signs()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();
        Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", Digest, Cancellation));

        _token.TakeAway();
        Assert.Equal(VaultFault.TokenMissing, Fault(await vault.SignAsync("hot-1", Digest, Cancellation)));
        _token.PutBack();
        var again = TestToken.Module.TryReinitialize(TestToken.Module.Generation, NullLogger.Instance);

        Assert.True(again);
        var signed = Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", Digest, Cancellation));
        Assert.True(Secp256k1Signature.Verify(publicKey, Digest, signed.Signature));
    }

    [Fact]
    public async Task when_others_re_initialise_the_module_every_signature_still_comes()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-1");
        await using var vault = _token.Vault();
        var signing = Enumerable.Range(0, 4).Select(thread => Task.Run(
            async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    var digest = SHA256.HashData(BitConverter.GetBytes((thread * 1000) + i));
                    var signed = Assert.IsType<VaultSigning.Signed>(await vault.SignAsync("hot-1", digest, Cancellation));
                    Assert.True(Secp256k1Signature.Verify(publicKey, digest, signed.Signature));
                }
            },
            Cancellation)).ToList();

        var all = Task.WhenAll(signing);
        var reinitialized = 0;
        while (!all.IsCompleted || reinitialized == 0)
        {
            reinitialized += TestToken.Module.TryReinitialize(TestToken.Module.Generation, NullLogger.Instance) ? 1 : 0;
            await Task.WhenAny(all, Task.Delay(5, Cancellation));
        }

        await all;
        Assert.True(reinitialized > 0);
    }

    [Theory]
    [InlineData(CKR.CKR_DEVICE_REMOVED)]
    [InlineData(CKR.CKR_GENERAL_ERROR)]
    [InlineData(CKR.CKR_FUNCTION_FAILED)]
    [InlineData(CKR.CKR_SESSION_CLOSED)]
    [InlineData(CKR.CKR_HOST_MEMORY)]
    [InlineData(CKR.CKR_BUFFER_TOO_SMALL)]
    public async Task RunAsync_SignCallMayHaveSigned_IsUnknownAndNotRepeated(CKR code)
    {
        await using var pool = _token.Pool();
        var calls = 0;

        var answer = await pool.RunAsync<byte[]>(_ => Fail(ref calls, "C_Sign", code), Cancellation);

        Assert.Equal(VaultFault.Unknown, Assert.IsType<Pkcs11Answer<byte[]>.Faulted>(answer).Fault);
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("C_SignInit", CKR.CKR_GENERAL_ERROR)]
    [InlineData("C_SignInit", CKR.CKR_DEVICE_REMOVED)]
    [InlineData("C_FindObjectsInit", CKR.CKR_SESSION_CLOSED)]
    [InlineData("C_Sign", CKR.CKR_SESSION_HANDLE_INVALID)]
    [InlineData("C_Sign", CKR.CKR_TOKEN_NOT_PRESENT)]
    public async Task RunAsync_NothingCanHaveBeenSigned_RecoversAndTriesOnceMore(string method, CKR code)
    {
        await using var pool = _token.Pool();
        var calls = 0;

        var answer = await pool.RunAsync<byte[]>(_ => Fail(ref calls, method, code), Cancellation);

        Assert.Equal(VaultFault.TokenMissing, Assert.IsType<Pkcs11Answer<byte[]>.Faulted>(answer).Fault);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task RunAsync_WorkFails_SessionIsNotLentAgain()
    {
        await using var pool = _token.Pool();
        var seen = new List<PooledSession>();
        for (var i = 0; i < 2; i++)
        {
            await pool.RunAsync<int>(
                session =>
                {
                    seen.Add(session);
                    throw new Pkcs11Exception("C_Sign", CKR.CKR_HOST_MEMORY);
                },
                Cancellation);
        }

        Assert.NotSame(seen[0], seen[1]);
    }

    private static Pkcs11Answer<byte[]> Fail(ref int calls, string method, CKR code)
    {
        calls++;
        throw new Pkcs11Exception(method, code);
    }

    private static VaultFault Fault(VaultSigning signing) => Assert.IsType<VaultSigning.Faulted>(signing).Fault;
}
