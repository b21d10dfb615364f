namespace Custody.Core.Assets;

/// <summary>What an address pays to.</summary>
public enum BitcoinAddressKind
{
    /// <summary>Nothing known.</summary>
    Unknown = 0,

    /// <summary>The hash of a public key.</summary>
    PublicKeyHash,

    /// <summary>The hash of a script (BIP-16).</summary>
    ScriptHash,

    /// <summary>The hash of a public key, segregated witness version 0 (BIP-141).</summary>
    WitnessPublicKeyHash,

    /// <summary>The hash of a script, segregated witness version 0 (BIP-141).</summary>
    WitnessScriptHash,

    /// <summary>A taproot output key (BIP-341).</summary>
    Taproot,

    /// <summary>A witness version or length without rules yet: anybody may spend what it gets (BIP-141).</summary>
    FutureWitness,
}
