using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Testing.ManagedHsm;
using Custody.Testing.World;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Tests.Gate;
using Xunit;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>The signing gate, whole, over a Managed HSM: its governed vault is a pinned key version there.</summary>
public sealed class GateWithManagedHsmTests : IAsyncLifetime
{
    private HsmBench _hsm = null!;
    private GateBench _gate = null!;

    public async ValueTask InitializeAsync()
    {
        _hsm = await HsmBench.StartAsync();
        _hsm.Key.Tags[ManagedHsmKeyFacts.TrustRootTag] = CustodyWorld.Default.TrustRoot;
        var vaults = SampleGovernance.Document.Vaults
            .Select(v => v.Id == "hot-1" ? v with { KeyId = _hsm.Key.Id, PublicKey = StrictBase64Url.Encode(_hsm.Key.PublicKey), Firmware = ["hsmPlatform 2"] } : v).ToList();
        _gate = new GateBench(CustodyWorld.Default with { Governance = SampleGovernance.Document with { Vaults = vaults } });
        _gate.Devices["hot-1"] = _hsm.Vault;
    }

    public ValueTask DisposeAsync() => _hsm.DisposeAsync();

    [Fact]
    public async Task SignAsync_ApprovedWithdrawals_AreSignedWhicheverHalfOfSTheHsmGives()
    {
        for (var i = 0; i < 8; i++)
        {
            var other = _gate.PutOther($"request-{100 + i}", (ulong)(100 + i), SampleGovernance.OneEther / 10);
            await _gate.SignedAsync(other.WithdrawalId);
        }

        Assert.Equal(8, _hsm.Key.Signed);
        Assert.Equal(8, _gate.Signed.Stored.Count);
        Assert.All(_gate.Signed.Stored.Values, record => Assert.Contains(record.Sighash, _gate.Signings.Of("hot-1").Select(l => l.Sighash)));
    }

    [Fact]
    public async Task SignAsync_AnswerLostAndThenAskedAgain_SignsTheSameDigestAndStoresOnce()
    {
        _hsm.Server.Play("sign", [.. Enumerable.Repeat(new HsmTrick.CutAfter(), 4)]);
        var unknown = Assert.IsType<GateOutcome.Unknown>(await _gate.SignAsync());
        Assert.Equal(RefusalCode.VaultUnavailable, unknown.Code);
        Assert.Contains("(Unknown: sign with 'https://custody.managedhsm.test:", unknown.Detail, StringComparison.Ordinal);
        Assert.Empty(_gate.Signed.Stored);

        await _gate.SignedAsync();

        Assert.Single(_gate.Signings.Of("hot-1"));
        Assert.Single(_gate.Signed.Stored);
        Assert.Single(_hsm.Server.Requests.Where(r => r is { Operation: "sign", Authorized: true }).Select(r => r.Body).Distinct());
    }

    [Fact]
    public async Task SignAsync_SignatureIsNotTheKeys_IsRefusedLoudly()
    {
        _hsm.Server.Play("sign", new HsmTrick.SignWith((_, digest) => People.WarmKey.Sign(digest)));

        var refused = Assert.IsType<GateOutcome.Refused>(await _gate.SignAsync());

        Assert.Equal(RefusalCode.VaultSignatureInvalid, refused.Code);
        Assert.True(refused.MayBeSigned);
    }

    [Fact]
    public async Task SignAsync_TagOfAnotherTrustRoot_IsRefusedUnasked()
    {
        _hsm.Key.Tags[ManagedHsmKeyFacts.TrustRootTag] = new string('0', 64);

        Assert.Equal(RefusalCode.VaultKeyMismatch, Assert.IsType<GateOutcome.Refused>(await _gate.SignAsync()).Code);

        Assert.Equal(0, _hsm.Key.Signed);
        Assert.Empty(_gate.Signings.Of("hot-1"));
    }

    [Fact]
    public async Task SignAsync_KeyDisabled_WaitsUnasked()
    {
        _hsm.Key.Enabled = false;

        Assert.IsType<GateOutcome.Unknown>(await _gate.SignAsync());

        Assert.Equal(0, _hsm.Server.Asked("sign"));
        Assert.Empty(_gate.Signings.Of("hot-1"));
    }
}
