using System.Security.Cryptography;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Signatures;

namespace Custody.Cli.Initialisation.Keys;

/// <summary>Keys in memory for the rehearsal; those that exist already are used as they are, without asking a token.</summary>
internal sealed class ThrowAwayKeys : IKeyMaker, IDisposable
{
    private const string Firmware = "rehearsal";
    private readonly List<IDisposable> _signers = [];

    public HeldKey FileKey(string keyId, KeyPlan? existing) => existing is null ? Make(keyId) : ExistingKeys.Find(existing, _signers);

    public Task<HeldKey> DeviceKeyAsync(string keyId, string tokenLabel, KeyPlan? existing, CancellationToken cancellation) =>
        Task.FromResult(FileKey(keyId, existing));

    public Task<HeldKey> ComparisonKeyAsync(string keyId, string tokenLabel, TokenKeyPlan? existing, CancellationToken cancellation) => Task.FromResult(
        existing is null ? Make(keyId) : new HeldKey(new RegisteredKey(existing.KeyId, SignatureAlgorithm.Es256, existing.PublicKey), null, null));

    public Task<VaultKey> VaultKeyAsync(string keyId, string tokenLabel, string trustRoot, TokenKeyPlan? existing, CancellationToken cancellation) => Task.FromResult(
        existing is null ? new VaultKey(keyId, StrictBase64Url.Encode([4, .. RandomNumberGenerator.GetBytes(64)]), Firmware) : new VaultKey(existing.KeyId, existing.PublicKey, Firmware));

    public void Dispose() => _signers.ForEach(s => s.Dispose());

    private HeldKey Make(string keyId)
    {
        var signer = new ThrowAwaySigner(keyId);
        _signers.Add(signer);
        return new HeldKey(signer.Registered, signer, null);
    }
}
