namespace Custody.Chains.Bitcoin;

/// <summary>The key types of a PSBT's output maps (BIP-174, BIP-370, BIP-371).</summary>
public static class PsbtOutput
{
    /// <summary>The script behind a P2SH output.</summary>
    public const ulong RedeemScript = 0x00;

    /// <summary>The script behind a P2WSH output.</summary>
    public const ulong WitnessScript = 0x01;

    /// <summary>A public key's path; a claim, never a reason to take an output for change.</summary>
    public const ulong Derivation = 0x02;

    /// <summary>The amount; version 2 only, as is the next.</summary>
    public const ulong Amount = 0x03;

    /// <summary>The locking script.</summary>
    public const ulong Script = 0x04;

    /// <summary>The taproot internal key.</summary>
    public const ulong TapInternalKey = 0x05;

    /// <summary>The taproot tree.</summary>
    public const ulong TapTree = 0x06;

    /// <summary>A taproot key's path.</summary>
    public const ulong TapDerivation = 0x07;
}
