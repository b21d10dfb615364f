using System.Security.Cryptography;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Signatures;
using Custody.Vaults.DocumentKeys;

namespace Custody.Cli.Tests.Support;

/// <summary>Every document key as a file, so that a test needs no token to sign; a vault's key in a device where the test has one.</summary>
internal sealed class FileKeys(CustodyHome home, Func<string, string, Task<VaultKey>>? vaultKey = null) : IKeyMaker
{
    public HeldKey FileKey(string keyId, KeyPlan? existing)
    {
        var relative = Path.Combine("keys", $"{keyId}.pem");
        CustodyHome.CreateFolder(home.Of("keys"));
        var signer = DocumentKeyFile.Generate(home.Of(relative), keyId, SignatureAlgorithm.Es256);
        return new HeldKey(RegisteredKey.From(keyId, signer.Algorithm, signer.PublicKey), signer, new SignerPlace(File: relative));
    }

    public Task<HeldKey> DeviceKeyAsync(string keyId, string tokenLabel, KeyPlan? existing, CancellationToken cancellation) => Task.FromResult(FileKey(keyId, null));

    public Task<HeldKey> ComparisonKeyAsync(string keyId, string tokenLabel, TokenKeyPlan? existing, CancellationToken cancellation) => Task.FromResult(FileKey(keyId, null));

    public Task<VaultKey> VaultKeyAsync(string keyId, string tokenLabel, string trustRoot, TokenKeyPlan? existing, CancellationToken cancellation) =>
        vaultKey?.Invoke(keyId, trustRoot) ?? Task.FromResult(new VaultKey(keyId, StrictBase64Url.Encode([4, .. RandomNumberGenerator.GetBytes(64)]), "file"));
}
