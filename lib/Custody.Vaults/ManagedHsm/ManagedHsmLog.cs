using Custody.Core.Vaults;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>Managed HSM's log, event ids 5300 to 5399. No token, digest or signature is ever an argument here.</summary>
internal static partial class ManagedHsmLog
{
    [LoggerMessage(5300, LogLevel.Information, "Managed HSM key {KeyId} read: its EVM address is {Address}, its platform {Platform}.")]
    public static partial void KeyRead(ILogger logger, string keyId, string address, string platform);

    [LoggerMessage(5301, LogLevel.Error, "Managed HSM key {KeyId} was not used: {Fault}, {Detail}.")]
    public static partial void KeyRefused(ILogger logger, string keyId, VaultFault fault, string detail);

    [LoggerMessage(5302, LogLevel.Critical, "It is unknown whether Managed HSM key {KeyId} signed: {Detail}.")]
    public static partial void SigningUnknown(ILogger logger, string keyId, string detail);

    [LoggerMessage(5303, LogLevel.Warning, "{Operation} on {KeyId}, try {Attempt}: {Problem}, {Detail}; tried again in {Milliseconds} ms.")]
    public static partial void TriedAgain(ILogger logger, string operation, string keyId, int attempt, HsmProblem problem, string detail, long milliseconds);

    [LoggerMessage(5304, LogLevel.Critical, "{Hsm} got no token: {Detail}.")]
    public static partial void ChallengeRefused(ILogger logger, string hsm, string detail);

    [LoggerMessage(5305, LogLevel.Information, "A token for {Hsm} was obtained; it expires at {ExpiresOn}.")]
    public static partial void TokenObtained(ILogger logger, string hsm, DateTimeOffset expiresOn);

    [LoggerMessage(5306, LogLevel.Warning, "The token for {Hsm} could not be renewed: {Reason}. The one before serves until {ExpiresOn}.")]
    public static partial void TokenNotRenewed(ILogger logger, string hsm, string reason, DateTimeOffset expiresOn);

    [LoggerMessage(5307, LogLevel.Critical, "Managed HSM key {KeyId} gave a signature that is not its own over what was asked; it was not given out.")]
    public static partial void SignatureInvalid(ILogger logger, string keyId);

    [LoggerMessage(5308, LogLevel.Error, "The app's identity may change Managed HSM key {KeyId}, and with it the tags that bind the key; it must not be able to.")]
    public static partial void KeyCanBeChanged(ILogger logger, string keyId);

    [LoggerMessage(5309, LogLevel.Warning, "{Hsm} asked for a pause of {Seconds} s.")]
    public static partial void Paused(ILogger logger, string hsm, long seconds);
}
