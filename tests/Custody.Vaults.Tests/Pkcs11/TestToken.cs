using Custody.Testing;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.Vaults.Tests.Pkcs11;

/// <summary>A SoftHSM token of its own for a test, with its PIN in a file; it can be taken away and put back.</summary>
public sealed class TestToken : IDisposable
{
    private static int _count;
    private readonly TemporaryFolder _folder = new();

    private TestToken(Pkcs11TokenFacts facts, string pin)
    {
        Facts = facts;
        Pin = pin;
        File.WriteAllText(PinFile, $"  {pin}\n");
    }

    public static Pkcs11Module Module { get; } = LoadModule();

    public Pkcs11TokenFacts Facts { get; }

    public string Label => Facts.Label;

    public string Pin { get; }

    public string PinFile => _folder.Of("pin");

    /// <summary>Stands still unless a test moves it, so no back-off ever ends by itself.</summary>
    public FakeTimeProvider Time { get; } = new();

    public Pkcs11Options Options => new() { ModulePath = SoftHsm.ModulePath, TokenLabel = Label, PinFile = PinFile };

    private string TokensFolder => Path.Combine(Path.GetDirectoryName(SoftHsm.ConfigurationPath)!, "tokens");

    private string Away => _folder.Of("away");

    public static TestToken Create()
    {
        var number = Interlocked.Increment(ref _count);
        var pin = $"user-pin-{number:0000}";
        using var userPin = Pkcs11Pin.FromText(pin);
        using var soPin = Pkcs11Pin.FromText($"so-pin-{number:0000}");
        var made = Pkcs11TokenInitializer.Initialize(Module, $"token-{number}", userPin, soPin, NullLogger.Instance);
        Assert.True(made is TokenInitialization.Initialized, $"{made}");
        return new TestToken(((TokenInitialization.Initialized)made).Token, pin);
    }

    public string WritePin(string name, string text)
    {
        File.WriteAllText(_folder.Of(name), text);
        return _folder.Of(name);
    }

    public Pkcs11SessionPool Pool(Pkcs11Options? options = null) => new(options ?? Options, Time, NullLogger<Pkcs11SessionPool>.Instance);

    public Pkcs11Vault Vault(Pkcs11Options? options = null) => new(options ?? Options, Time, NullLoggerFactory.Instance);

    public static Pkcs11KeyGenerator Generator(Pkcs11SessionPool pool) => new(pool, NullLogger<Pkcs11KeyGenerator>.Instance);

    /// <summary>Generates a vault key and returns its public key.</summary>
    public async Task<byte[]> GenerateVaultKeyAsync(string keyId, string label = "root")
    {
        await using var pool = Pool();
        var made = await Generator(pool).GenerateVaultKeyAsync(keyId, label, TestContext.Current.CancellationToken);
        return Assert.IsType<KeyGeneration.Generated>(made).Facts.PublicKey;
    }

    /// <summary>Generates a document key and returns its public key.</summary>
    public async Task<byte[]> GenerateDocumentKeyAsync(string keyId)
    {
        await using var pool = Pool();
        var made = await Generator(pool).GenerateDocumentKeyAsync(keyId, "device", TestContext.Current.CancellationToken);
        return Assert.IsType<KeyGeneration.Generated>(made).Facts.PublicKey;
    }

    /// <summary>Takes the token out of the store. SoftHSM names its folder by a UUID that ends with the serial.</summary>
    public void TakeAway() => Directory.Move(Folder(TokensFolder), Away);

    public void PutBack() => Directory.Move(Away, Path.Combine(TokensFolder, FolderName!));

    private string? FolderName { get; set; }

    private string Folder(string below)
    {
        var folder = Directory.EnumerateDirectories(below).Single(path => Path.GetFileName(path).Replace("-", "").EndsWith(Facts.Serial, StringComparison.Ordinal));
        FolderName = Path.GetFileName(folder);
        return folder;
    }

    public void Dispose() => _folder.Dispose();

    private static Pkcs11Module LoadModule()
    {
        // Sets the module's configuration before it is first loaded.
        _ = SoftHsm.ConfigurationPath;
        return Pkcs11Module.TryLoad(SoftHsm.ModulePath, NullLogger.Instance)
            ?? throw new InvalidOperationException("SoftHSM is not installed.");
    }
}
