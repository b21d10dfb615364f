using System.Security.Cryptography;
using System.Text;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Vaults.DocumentKeys;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Cli.Initialisation.Keys;

/// <summary>The real keys: files with mode 0600 in the home, and key pairs generated inside tokens that are made for them.</summary>
internal sealed class TokenKeys(CustodyHome home, Pkcs11Module module, TimeProvider time) : IKeyMaker, IAsyncDisposable
{
    // Read aloud and typed without doubt: no 0, O, 1, I or L.
    private const string PinAlphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int PinLength = 16;
    private readonly List<IDisposable> _files = [];
    private readonly List<Pkcs11SessionPool> _pools = [];

    /// <summary>Where a token's user PIN is, relative to the home.</summary>
    public static string PinFile(string tokenLabel) => Path.Combine("pins", $"{tokenLabel}.pin");

    public HeldKey FileKey(string keyId, KeyPlan? existing)
    {
        if (existing is not null)
        {
            return ExistingKeys.Find(existing, _files);
        }

        var relative = Path.Combine("keys", $"{keyId}.pem");
        CustodyHome.CreateFolder(home.Of("keys"));
        var signer = DocumentKeyFile.Generate(home.Of(relative), keyId, SignatureAlgorithm.Es256);
        _files.Add(signer);
        return new HeldKey(RegisteredKey.From(keyId, signer.Algorithm, signer.PublicKey), signer, new SignerPlace(File: relative));
    }

    public Task<HeldKey> DeviceKeyAsync(string keyId, string tokenLabel, KeyPlan? existing, CancellationToken cancellation) =>
        existing is null ? GenerateAsync(keyId, tokenLabel, cancellation) : Task.FromResult(ExistingKeys.Find(existing, _files));

    public Task<HeldKey> ComparisonKeyAsync(string keyId, string tokenLabel, TokenKeyPlan? existing, CancellationToken cancellation) => existing is null
        ? GenerateAsync(keyId, tokenLabel, cancellation)
        : Task.FromResult(new HeldKey(new RegisteredKey(existing.KeyId, SignatureAlgorithm.Es256, existing.PublicKey), null, null));

    public async Task<VaultKey> VaultKeyAsync(string keyId, string tokenLabel, string trustRoot, TokenKeyPlan? existing, CancellationToken cancellation)
    {
        if (existing is not null)
        {
            // The token of a ceremony may be in another machine; then the plan says what it runs.
            var there = Pkcs11Inventory.ListTokens(module).Where(t => t.Label == existing.TokenLabel).Take(2).ToList();
            return new VaultKey(existing.KeyId, existing.PublicKey, there is [var token] ? token.Firmware : null);
        }

        var generator = new Pkcs11KeyGenerator(MakeToken(tokenLabel), NullLogger<Pkcs11KeyGenerator>.Instance);
        var facts = Facts(await generator.GenerateVaultKeyAsync(keyId, trustRoot, cancellation), tokenLabel);
        return new VaultKey(keyId, StrictBase64Url.Encode(facts.PublicKey), facts.Firmware);
    }

    public async ValueTask DisposeAsync()
    {
        _files.ForEach(f => f.Dispose());
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }
    }

    private async Task<HeldKey> GenerateAsync(string keyId, string tokenLabel, CancellationToken cancellation)
    {
        var pool = MakeToken(tokenLabel);
        var generator = new Pkcs11KeyGenerator(pool, NullLogger<Pkcs11KeyGenerator>.Instance);
        var facts = Facts(await generator.GenerateDocumentKeyAsync(keyId, keyId, cancellation), tokenLabel);
        return new HeldKey(
            RegisteredKey.From(keyId, SignatureAlgorithm.Es256, facts.PublicKey),
            new Pkcs11DocumentSigner(pool, keyId),
            new SignerPlace(new Pkcs11SignerPlace(module.ModulePath, tokenLabel, PinFile(tokenLabel))));
    }

    private Pkcs11SessionPool MakeToken(string label)
    {
        using var pin = NewPin(PinFile(label));
        using var soPin = NewPin(Path.Combine("pins", $"{label}.so-pin"));
        switch (Pkcs11TokenInitializer.Initialize(module, label, pin, soPin, NullLogger.Instance))
        {
            case TokenInitialization.Initialized:
                var pool = new Pkcs11SessionPool(
                    new Pkcs11Options { ModulePath = module.ModulePath, TokenLabel = label, PinFile = home.Of(PinFile(label)), MaxSessions = 1 },
                    time,
                    NullLogger<Pkcs11SessionPool>.Instance);
                _pools.Add(pool);
                return pool;
            case TokenInitialization.AlreadyThere:
                throw new KeyMakingException($"There is a token labelled '{label}' already.");
            case TokenInitialization.NoFreeSlot:
                throw new KeyMakingException($"The module has no free slot for the token '{label}'.");
            case TokenInitialization.Faulted faulted:
                throw new KeyMakingException($"The token '{label}' could not be made: {faulted.Detail}");
            default:
                throw new InvalidOperationException("Making a token has no other outcome.");
        }
    }

    private static VaultKeyFacts Facts(KeyGeneration generation, string tokenLabel) => generation switch
    {
        KeyGeneration.Generated generated => generated.Facts,
        KeyGeneration.AlreadyThere there => throw new KeyMakingException($"The token '{tokenLabel}' has a key '{there.KeyId}' already."),
        KeyGeneration.Faulted faulted => throw new KeyMakingException($"No key was generated in the token '{tokenLabel}': {faulted.Detail}"),
        _ => throw new InvalidOperationException("Generating a key has no other outcome."),
    };

    private Pkcs11Pin NewPin(string relative)
    {
        var text = RandomNumberGenerator.GetString(PinAlphabet, PinLength);
        CustodyHome.WriteNew(home.Of(relative), Encoding.ASCII.GetBytes(text));
        return Pkcs11Pin.FromText(text);
    }
}
