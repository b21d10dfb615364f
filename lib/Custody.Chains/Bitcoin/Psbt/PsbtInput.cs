namespace Custody.Chains.Bitcoin;

/// <summary>The key types of a PSBT's input maps (BIP-174, BIP-370, BIP-371).</summary>
public static class PsbtInput
{
    /// <summary>The whole transaction that made the output.</summary>
    public const ulong NonWitnessUtxo = 0x00;

    /// <summary>The output alone; its amount is a claim.</summary>
    public const ulong WitnessUtxo = 0x01;

    /// <summary>A public key's signature.</summary>
    public const ulong PartialSignature = 0x02;

    /// <summary>The hash type that signatures must have.</summary>
    public const ulong SighashType = 0x03;

    /// <summary>The script behind a P2SH output.</summary>
    public const ulong RedeemScript = 0x04;

    /// <summary>The script behind a P2WSH output.</summary>
    public const ulong WitnessScript = 0x05;

    /// <summary>A public key's path; a claim.</summary>
    public const ulong Derivation = 0x06;

    /// <summary>The finished unlocking script.</summary>
    public const ulong FinalScriptSig = 0x07;

    /// <summary>The finished witness.</summary>
    public const ulong FinalScriptWitness = 0x08;

    /// <summary>A RIPEMD-160 preimage.</summary>
    public const ulong Ripemd160 = 0x0a;

    /// <summary>A SHA-256 preimage.</summary>
    public const ulong Sha256 = 0x0b;

    /// <summary>A HASH160 preimage.</summary>
    public const ulong Hash160 = 0x0c;

    /// <summary>A double SHA-256 preimage.</summary>
    public const ulong Hash256 = 0x0d;

    /// <summary>The transaction that is spent from; version 2 only, as are the four after it.</summary>
    public const ulong PreviousId = 0x0e;

    /// <summary>Which of its outputs.</summary>
    public const ulong OutputIndex = 0x0f;

    /// <summary>The sequence; absent says final.</summary>
    public const ulong Sequence = 0x10;

    /// <summary>The least time that the lock time must be.</summary>
    public const ulong RequiredTime = 0x11;

    /// <summary>The least height that the lock time must be.</summary>
    public const ulong RequiredHeight = 0x12;

    /// <summary>A taproot key path signature.</summary>
    public const ulong TapKeySignature = 0x13;

    /// <summary>A taproot script path signature.</summary>
    public const ulong TapScriptSignature = 0x14;

    /// <summary>A taproot leaf with its control block.</summary>
    public const ulong TapLeafScript = 0x15;

    /// <summary>A taproot key's path.</summary>
    public const ulong TapDerivation = 0x16;

    /// <summary>The taproot internal key.</summary>
    public const ulong TapInternalKey = 0x17;

    /// <summary>The taproot tree's root.</summary>
    public const ulong TapMerkleRoot = 0x18;
}
