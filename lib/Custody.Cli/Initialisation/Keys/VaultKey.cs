namespace Custody.Cli.Initialisation.Keys;

/// <summary>A vault's key as governance registers it.</summary>
/// <param name="KeyId">Its id on the token.</param>
/// <param name="PublicKey">base64url of the uncompressed point.</param>
/// <param name="Firmware">What its device says that it runs; null when the device is elsewhere.</param>
internal sealed record VaultKey(string KeyId, string PublicKey, string? Firmware);
