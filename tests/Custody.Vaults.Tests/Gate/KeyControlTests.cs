using System.Security.Cryptography;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Testing.World;
using Custody.Vaults.Ecdsa;
using Custody.Vaults.Gate;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

public sealed class KeyControlTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly VaultRegistration Vault = World.Governance.Vaults[0];
    private readonly FakeTimeProvider _time = new(CustodyWorld.Start);
    private readonly SoftwareVault _device = new(People.HotKey, World.TrustRoot, new Effects());

    [Fact]
    public async Task ProveAsync_TheGovernedKey_SignsAFreshChallengeEachTime()
    {
        for (var i = 0; i < 4; i++)
        {
            var proof = await ProveAsync();
            Assert.True(proof.Verdict.IsAllowed, proof.Verdict.Detail);
            Assert.True(Secp256k1Signature.IsLowS(proof.Signature));
            Assert.True(Secp256k1Signature.Verify(Vault.PublicKeyBytes(), proof.Challenge, proof.Signature));
        }

        Assert.Equal(4, _device.Digests.Distinct().Count());
    }

    [Fact]
    public async Task ProveAsync_AnotherKeyAnswers_IsRefused()
    {
        _device.Answer = digest => new VaultSigning.Signed(People.WarmKey.Sign(digest));

        var proof = await ProveAsync();

        Assert.Equal(RefusalCode.VaultSignatureInvalid, proof.Verdict.Code);
        Assert.False(proof.Verdict.IsAllowed);
        Assert.Null(proof.Signature);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(0)]
    public async Task ProveAsync_NoSignature_IsRefused(int length)
    {
        _device.Answer = _ => new VaultSigning.Signed(new byte[length]);

        Assert.Equal(RefusalCode.VaultSignatureInvalid, (await ProveAsync()).Verdict.Code);
    }

    [Fact]
    public async Task ProveAsync_TheGateWouldNotTakeTheKey_IsNotAsked()
    {
        _device.Key = new VaultKeyReading.Found(_device.Facts with { Label = new string('0', 64) });
        Assert.Equal(RefusalCode.VaultKeyMismatch, (await ProveAsync()).Verdict.Code);

        _device.Key = new VaultKeyReading.Faulted(VaultFault.PinLocked, "locked");
        Assert.Equal(RefusalCode.VaultPinLocked, (await ProveAsync()).Verdict.Code);

        Assert.Equal(0, _device.Asked);
    }

    [Theory]
    [InlineData(VaultKeyState.Active, true)]
    [InlineData(VaultKeyState.PreActivation, true)]
    [InlineData(VaultKeyState.Suspended, false)]
    [InlineData(VaultKeyState.Deactivated, false)]
    [InlineData(VaultKeyState.Compromised, false)]
    [InlineData(VaultKeyState.Destroyed, false)]
    [InlineData(VaultKeyState.Unspecified, false)]
    public async Task ProveAsync_KeyThatGovernanceStopped_SignsNoChallengeEither(VaultKeyState state, bool proves)
    {
        var proof = await KeyControl.ProveAsync(_device, Vault with { State = state }, World.TrustRoot, _time, TestContext.Current.CancellationToken);

        Assert.Equal(proves, proof.Verdict.IsAllowed);
        Assert.Equal(proves ? 1 : 0, _device.Asked);
    }

    [Fact]
    public async Task ProveAsync_DeviceFaultsWhileItSigns_IsTheFaultsRefusal()
    {
        _device.Answer = _ => new VaultSigning.Faulted(VaultFault.TokenMissing, "pulled out");
        Assert.Equal(RefusalCode.VaultTokenMissing, (await ProveAsync()).Verdict.Code);

        _device.Answer = _ => new VaultSigning.Faulted(VaultFault.SignatureInvalid, "not its own");
        Assert.Equal(RefusalCode.VaultSignatureInvalid, (await ProveAsync()).Verdict.Code);
    }

    // Key id, time and randomness are each in it, with a zero byte between: no two of them can be shifted into each other.
    [Fact]
    public void Challenge_IsOfItsDomain_AndOfEachPart()
    {
        var random = new byte[KeyChallenge.RandomLength];
        var at = new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        var digest = KeyChallenge.Of("hot-1", at, random);

        Assert.Equal(SHA256.HashData([.. "custody/challenge/v1\0hot-1\0"u8, .. "2026-01-31T12:00:00Z\0"u8, .. random]), digest);
        Assert.NotEqual(digest, KeyChallenge.Of("hot-2", at, random));
        Assert.NotEqual(digest, KeyChallenge.Of("hot-1", at.AddSeconds(1), random));
        Assert.NotEqual(digest, KeyChallenge.Of("hot-1", at, [.. random[..31], 1]));
    }

    private Task<KeyProof> ProveAsync() => KeyControl.ProveAsync(_device, Vault, World.TrustRoot, _time, TestContext.Current.CancellationToken);
}
