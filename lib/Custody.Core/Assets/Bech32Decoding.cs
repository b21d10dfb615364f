namespace Custody.Core.Assets;

/// <summary>A decoded text; the default value is one that is not Bech32.</summary>
/// <param name="Variant">Which checksum holds.</param>
/// <param name="Prefix">The human-readable part, lower case.</param>
/// <param name="Data">The data without the checksum, groups of five bits; null when there is none.</param>
public readonly record struct Bech32Decoding(Bech32Variant Variant, string? Prefix, byte[]? Data);
