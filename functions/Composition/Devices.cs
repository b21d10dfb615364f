using System.Collections.Concurrent;
using Azure.Identity;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Composition;

/// <summary>Makes of a setting the device that it names: a PKCS#11 token, or a Managed HSM. What lies in one HSM shares its client, and so its token.</summary>
public sealed class Devices(TimeProvider time, ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<Uri, ManagedHsmClient> _hsms = new();

    /// <summary>The device of a vault.</summary>
    public IVault Vault(TokenSetting setting) => setting.ManagedHsm is { } hsm
        ? new ManagedHsmVault(Client(hsm), time, loggers.CreateLogger<ManagedHsmVault>())
        : new Pkcs11Vault(Token(setting), time, loggers);

    /// <summary>The device of a document key.</summary>
    public IDocumentSigner DocumentSigner(TokenSetting setting) => setting.ManagedHsm is { } hsm
        ? new ManagedHsmDocumentSigner(Client(hsm), setting.KeyId!, setting.ManagedHsmKey!, time, loggers.CreateLogger<ManagedHsmDocumentSigner>())
        : new Pkcs11DocumentSigner(new Pkcs11SessionPool(Token(setting), time, loggers.CreateLogger<Pkcs11SessionPool>()), setting.KeyId!);

    private ManagedHsmClient Client(Uri hsm) => _hsms.GetOrAdd(hsm, url => new ManagedHsmClient(
        new ManagedHsmOptions { HsmUri = url }, new DefaultAzureCredential(), time, loggers.CreateLogger<ManagedHsmClient>()));

    private static Pkcs11Options Token(TokenSetting setting) => new()
    {
        ModulePath = Path.GetFullPath(setting.Module),
        TokenLabel = setting.TokenLabel.Length > 0 ? setting.TokenLabel : null,
        TokenSerial = setting.TokenSerial,
        PinFile = setting.Pin is null ? Path.GetFullPath(setting.PinFile) : "",
        Pin = setting.Pin,
    };
}
