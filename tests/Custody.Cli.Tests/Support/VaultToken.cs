using Custody.Cli.Initialisation.Keys;
using Custody.Core.Signatures;
using Custody.Testing;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Cli.Tests.Support;

/// <summary>A SoftHSM token for a demonstration system's vault, with its PIN in a file.</summary>
internal sealed class VaultToken : IDisposable
{
    private static int _count;
    private readonly TemporaryFolder _folder = new();

    private VaultToken(string label, string pin)
    {
        Label = label;
        File.WriteAllText(PinFile, pin);
    }

    public string Label { get; }

    public string PinFile => _folder.Of("pin");

    /// <summary>The options that name it.</summary>
    public string[] Options => ["--module", SoftHsm.ModulePath, "--token-label", Label, "--pin-file", PinFile];

    public static async Task<VaultToken> CreateAsync()
    {
        var number = Interlocked.Increment(ref _count);
        return new VaultToken(await SoftHsm.CreateTokenAsync($"cli-vault-{number}", "vault-pin-1"), "vault-pin-1");
    }

    /// <summary>Generates the vault's key in it, as governance registers it.</summary>
    public async Task<VaultKey> KeyAsync(string keyId, string trustRoot)
    {
        await using var pool = new Pkcs11SessionPool(
            new Pkcs11Options { ModulePath = SoftHsm.ModulePath, TokenLabel = Label, PinFile = PinFile }, TimeProvider.System, NullLogger<Pkcs11SessionPool>.Instance);
        var made = await new Pkcs11KeyGenerator(pool, NullLogger<Pkcs11KeyGenerator>.Instance).GenerateVaultKeyAsync(keyId, trustRoot, TestContext.Current.CancellationToken);
        var facts = Assert.IsType<KeyGeneration.Generated>(made).Facts;
        return new VaultKey(keyId, StrictBase64Url.Encode(facts.PublicKey), facts.Firmware);
    }

    public void Dispose() => _folder.Dispose();
}
