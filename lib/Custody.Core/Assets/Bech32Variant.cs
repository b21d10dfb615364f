namespace Custody.Core.Assets;

/// <summary>What a text is as Bech32. The default value is: not of the form at all.</summary>
public enum Bech32Variant
{
    /// <summary>Not of the form.</summary>
    None = 0,

    /// <summary>Of the form, and its checksum is neither's.</summary>
    BadChecksum,

    /// <summary>Bech32 (BIP-173), for witness version 0.</summary>
    Bech32,

    /// <summary>Bech32m (BIP-350), for later witness versions.</summary>
    Bech32m,
}
