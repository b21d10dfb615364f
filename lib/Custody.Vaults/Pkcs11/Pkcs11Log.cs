using Custody.Core.Vaults;
using Microsoft.Extensions.Logging;
using Net.Pkcs11Interop.Common;

namespace Custody.Vaults.Pkcs11;

/// <summary>PKCS#11's log, event ids 5200 to 5299. No PIN, digest or signature is ever an argument here.</summary>
internal static partial class Pkcs11Log
{
    [LoggerMessage(5200, LogLevel.Information, "PKCS#11 module {Path} initialised, generation {Generation}.")]
    public static partial void ModuleInitialized(ILogger logger, string path, long generation);

    [LoggerMessage(5201, LogLevel.Error, "PKCS#11 module {Path} could not be loaded.")]
    public static partial void ModuleMissing(ILogger logger, string path);

    [LoggerMessage(5202, LogLevel.Error, "PKCS#11 module {Path} could not be initialised: {Reason}.")]
    public static partial void ReinitializeFailed(ILogger logger, string path, string reason);

    [LoggerMessage(5203, LogLevel.Information, "Logged in to the token with {Token}, serial {Serial}.")]
    public static partial void LoggedIn(ILogger logger, string token, string serial);

    [LoggerMessage(5204, LogLevel.Critical, "The token with {Token} refused the PIN: {Code}. It is not offered again in this process.")]
    public static partial void PinRefused(ILogger logger, string token, CKR code);

    [LoggerMessage(5205, LogLevel.Warning, "The token with {Token} is lost: {Reason}.")]
    public static partial void TokenLost(ILogger logger, string token, string reason);

    [LoggerMessage(5206, LogLevel.Error, "On the token with {Token}, {Method} failed: {Code}.")]
    public static partial void CallFailed(ILogger logger, string token, string method, CKR code);

    [LoggerMessage(5207, LogLevel.Error, "Key {KeyId} was not used: {Fault}, {Detail}.")]
    public static partial void KeyRefused(ILogger logger, string keyId, VaultFault fault, string detail);

    [LoggerMessage(5208, LogLevel.Critical, "It is unknown whether key {KeyId} signed: {Detail}.")]
    public static partial void SigningUnknown(ILogger logger, string keyId, string detail);

    [LoggerMessage(5209, LogLevel.Information, "Key pair {KeyId} on {Curve} generated inside the token.")]
    public static partial void KeyGenerated(ILogger logger, string keyId, EllipticCurve curve);

    [LoggerMessage(5210, LogLevel.Information, "Token '{Label}' initialised in slot {Slot}, serial {Serial}.")]
    public static partial void TokenInitialized(ILogger logger, string label, ulong slot, string serial);
}
