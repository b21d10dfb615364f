using System.Security.Cryptography;
using Azure.Core;
using Custody.Core.Assets;
using Custody.Core.Vaults;
using Custody.Testing.ManagedHsm;
using Custody.Vaults.Ecdsa;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

public sealed class ManagedHsmVaultTests : IAsyncLifetime
{
    private HsmBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await HsmBench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task DescribeAsync_VaultKey_TellsItsFacts()
    {
        var found = Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync()).Facts;

        Assert.Equal(_bench.Key.PublicKey, found.PublicKey);
        Assert.Equal(
            new VaultKeyFacts(_bench.Key.Id, HsmBench.Root, found.PublicKey, Sensitive: true, NeverExtractable: true, GeneratedInside: true, Modifiable: false, SignOnly: true, "hsmPlatform 2"),
            found);
        Assert.Contains(_bench.Logged, l => l.EventId == 5300 && l.Text.Contains(EvmAddress.FromPublicKey(_bench.Key.PublicKey).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignAsync_FiftyDigests_EachVerifiesAndNormalisesToLowS()
    {
        var high = 0;
        for (var i = 0; i < 50; i++)
        {
            var digest = SHA256.HashData(BitConverter.GetBytes(i));
            var signed = Assert.IsType<VaultSigning.Signed>(await _bench.Vault.SignAsync(_bench.Key.Id, digest, Cancellation));
            var low = Secp256k1Signature.NormalizeLowS(signed.Signature);

            Assert.True(Secp256k1Signature.Verify(_bench.Key.PublicKey, digest, signed.Signature));
            Assert.True(Secp256k1Signature.IsLowS(low));
            Assert.NotNull(Secp256k1Signature.RecoverYParity(_bench.Key.PublicKey, digest, low));
            high += Secp256k1Signature.IsLowS(signed.Signature) ? 0 : 1;
        }

        // Given out as the HSM gave it, as from a token; the gate normalises.
        Assert.InRange(high, 1, 49);
        Assert.Equal(50, _bench.Key.Signed);
        // One challenge, one token, one reading of the key.
        Assert.Single(_bench.Credential.Asked);
        Assert.Equal(1, _bench.Server.Asked("get"));
        Assert.Equal(1, _bench.Server.Asked("update"));
        Assert.Equal(50, _bench.Server.Asked("sign"));
        _bench.AssertTellsNoSecret();
    }

    [Fact]
    public async Task SignAsync_EightAtOnce_EachGetsItsOwnSignature()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var digest = SHA256.HashData(BitConverter.GetBytes(i));
            var signed = Assert.IsType<VaultSigning.Signed>(await _bench.Vault.SignAsync(_bench.Key.Id, digest, Cancellation));
            Assert.True(_bench.Key.Verify(digest, signed.Signature));
        }));

        // Those that came while a token was being obtained took it over.
        Assert.Single(_bench.Credential.Asked);
    }

    [Fact]
    public async Task SignAsync_NewerVersionExists_ThePinnedOneSigns()
    {
        var newer = _bench.AddVaultKey("hot");

        await _bench.SignedAsync();

        Assert.Equal(0, newer.Signed);
        Assert.All(_bench.Server.Requests, r => Assert.Contains(_bench.Key.Version, r.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnyCall_FirstOne_SendsNoBodyBeforeItKnowsWhoAsks()
    {
        await _bench.SignedAsync();

        Assert.All(_bench.Server.Requests.Where(r => !r.HasToken), r => Assert.Equal("", r.Body));
        Assert.Equal(["get"], _bench.Server.Requests.Where(r => !r.HasToken).Select(r => r.Operation));
    }

    [Fact]
    public async Task Token_AskedForAsTheChallengeSays_WithTheTenant()
    {
        await _bench.SignedAsync();

        var asked = Assert.Single(_bench.Credential.Asked);
        Assert.Equal([$"{ManagedHsmServer.Resource}/.default"], asked.Scopes);
        Assert.Equal(ManagedHsmServer.Tenant, asked.TenantId);
        Assert.True(asked.IsCaeEnabled);
    }

    [Fact]
    public async Task Token_NearItsEnd_IsRenewedBefore()
    {
        await _bench.SignedAsync();
        _bench.Time.Advance(TimeSpan.FromMinutes(54));
        await _bench.SignedAsync();
        Assert.Single(_bench.Credential.Asked);

        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        await _bench.SignedAsync();

        Assert.Equal(2, _bench.Credential.Asked.Count);
        Assert.Single(_bench.Server.Requests, r => !r.Authorized);
    }

    [Fact]
    public async Task Token_CannotBeRenewed_TheOldOneServesToItsEnd()
    {
        await _bench.SignedAsync();
        _bench.Credential.Failure = new InvalidOperationException("the identity provider is away");
        _bench.Time.Advance(TimeSpan.FromMinutes(57));

        await _bench.SignedAsync();
        Assert.Contains(_bench.Logged, l => l.EventId == 5306);

        _bench.Time.Advance(TimeSpan.FromMinutes(4));
        await _bench.NotSignedAsync(VaultFault.NotAuthenticated);
    }

    [Fact]
    public async Task Token_Revoked_AnotherIsObtainedAndTheSameDigestSigned()
    {
        await _bench.SignedAsync();
        _bench.Server.RevokeTokens();

        await _bench.SignedAsync();

        Assert.Equal(2, _bench.Credential.Asked.Count);
        Assert.Equal(2, _bench.Key.Signed);
    }

    [Fact]
    public async Task Token_MoreClaimsWanted_AreAskedFor()
    {
        await _bench.SignedAsync();
        var claims = """{"access_token":{"nbf":{"essential":true}}}""";
        _bench.Server.Play("sign", new HsmTrick.Challenge(
            $"""Bearer authorization="https://login.managedhsm.test/t", error="insufficient_claims", claims="{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(claims))}" """.TrimEnd()));

        await _bench.SignedAsync();

        TokenRequestContext[] asked = [.. _bench.Credential.Asked];
        Assert.Equal(2, asked.Length);
        Assert.Equal(claims, asked[1].Claims);
        Assert.Equal(asked[0].Scopes, asked[1].Scopes);
    }

    [Fact]
    public async Task Key_ReadAgainAfterAWhile_SeesWhatChanged()
    {
        await _bench.SignedAsync();
        _bench.Key.Tags = [];
        Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync());

        _bench.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("", Assert.IsType<VaultKeyReading.Found>(await _bench.DescribeAsync()).Facts.Label);
        Assert.Equal(2, _bench.Server.Asked("get"));
        // Who may change it is asked once a day only.
        Assert.Equal(1, _bench.Server.Asked("update"));
    }

    [Fact]
    public async Task SignAsync_CancelledBefore_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Vault.SignAsync(_bench.Key.Id, HsmBench.Digest, new CancellationToken(true)));
}
