using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Testing.World;
using Custody.Vaults.Pkcs11;
using Custody.Vaults.Tests.Pkcs11;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The signing gate, whole, over a SoftHSM token that fails in each way that a token can: it waits, with each way's own code, and then signs once.</summary>
public sealed class Pkcs11FaultTests : IAsyncLifetime
{
    private readonly TestToken _token = TestToken.Create();
    private GateBench _gate = null!;
    private Pkcs11Vault _vault = null!;

    public async ValueTask InitializeAsync()
    {
        var publicKey = await _token.GenerateVaultKeyAsync("hot-token", CustodyWorld.Default.TrustRoot);
        var vaults = SampleGovernance.Document.Vaults
            .Select(v => v.Id == "hot-1" ? v with { KeyId = "hot-token", PublicKey = StrictBase64Url.Encode(publicKey), Firmware = [_token.Facts.Firmware] } : v).ToList();
        _gate = new GateBench(CustodyWorld.Default with { Governance = SampleGovernance.Document with { Vaults = vaults } });
        Use(_token.Options);
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        _token.Dispose();
    }

    [Fact]
    public async Task SignAsync_NothingWrong_Signs() => await _gate.SignedAsync();

    [Fact]
    public async Task SignAsync_TokenRemoved_WaitsAndGoesOnWhenItIsBack()
    {
        _token.TakeAway();
        await WaitsAsync(RefusalCode.VaultTokenMissing);

        _token.PutBack();
        _token.Time.Advance(TimeSpan.FromMinutes(1));
        await SignsOnceAsync();
    }

    // The line is there and the device was to be asked: from here on a signature may exist.
    [Fact]
    public async Task SignAsync_TokenRemovedBetweenTheJournalAndTheSignature_CountsAsSignedUntilItIs()
    {
        _gate.Devices["hot-1"] = new PulledOut(_vault, _token.TakeAway);
        var unknown = Assert.IsType<GateOutcome.Unknown>(await _gate.SignAsync());
        Assert.Equal(RefusalCode.VaultTokenMissing, unknown.Code);
        Assert.Single(_gate.Signings.Of("hot-1"));
        Assert.Empty(_gate.Signed.Stored);

        // Expired meanwhile: it is refused, and said to be possibly signed; nobody may release its funds.
        var now = _gate.Time.GetUtcNow();
        _gate.Time.SetUtcNow(CustodyWorld.Start.AddDays(2));
        Assert.True(Assert.IsType<GateOutcome.Refused>(await _gate.SignAsync()).MayBeSigned);

        _gate.Time.AdjustTime(now);
        _token.PutBack();
        _token.Time.Advance(TimeSpan.FromMinutes(1));
        _gate.Devices["hot-1"] = _vault;
        await SignsOnceAsync();
    }

    [Fact]
    public async Task SignAsync_WrongPin_WaitsAndOffersItOnce()
    {
        Use(_token.Options with { PinFile = _token.WritePin("wrong", "wrong-pin") });
        await WaitsAsync(RefusalCode.VaultPinWrong);
        await WaitsAsync(RefusalCode.VaultPinWrong);

        Use(_token.Options);
        await SignsOnceAsync();
    }

    // SoftHSM never locks a PIN; what a token that does says is read from its flags before any PIN is offered.
    [Fact]
    public async Task SignAsync_PinLocked_Waits()
    {
        _gate.Devices["hot-1"] = new Locked();
        await WaitsAsync(RefusalCode.VaultPinLocked);

        Use(_token.Options);
        await SignsOnceAsync();
    }

    [Fact]
    public async Task SignAsync_KeyMissing_Waits()
    {
        using var empty = TestToken.Create();
        Use(empty.Options);
        await WaitsAsync(RefusalCode.VaultKeyMissing);

        Use(_token.Options);
        await SignsOnceAsync();
    }

    [Fact]
    public async Task SignAsync_ModuleMissing_Waits()
    {
        Use(_token.Options with { ModulePath = "/nowhere/libnone.so" });
        await WaitsAsync(RefusalCode.VaultModuleMissing);

        Use(_token.Options);
        await SignsOnceAsync();
    }

    private void Use(Pkcs11Options options)
    {
        _vault = _token.Vault(options);
        _gate.Devices["hot-1"] = _vault;
    }

    private async Task WaitsAsync(RefusalCode code)
    {
        Assert.Equal(code, Assert.IsType<GateOutcome.Unknown>(await _gate.SignAsync()).Code);
        Assert.Empty(_gate.Signings.Of("hot-1"));
    }

    private async Task SignsOnceAsync()
    {
        await _gate.SignedAsync();
        Assert.Single(_gate.Signings.Of("hot-1").Select(l => l.Sighash).Distinct());
        Assert.Single(_gate.Signed.Stored);
    }

    private sealed class PulledOut(IVault vault, Action pull) : IVault
    {
        public Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation) => vault.DescribeAsync(keyId, cancellation);

        public Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
        {
            pull();
            return vault.SignAsync(keyId, digest, cancellation);
        }
    }

    private sealed class Locked : IVault
    {
        private static readonly Pkcs11Answer<TokenLogin>.Faulted Fault = TokenLoginKeeper.TriesRefusal(locked: true, finalTry: false)!;

        public Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation) => Task.FromResult<VaultKeyReading>(new VaultKeyReading.Faulted(Fault.Fault, Fault.Detail));

        public Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation) => throw new InvalidOperationException("A locked token is not asked to sign.");
    }
}
