namespace Custody.Chains.Bitcoin;

/// <summary>The key types of a PSBT's global map (BIP-174, BIP-370).</summary>
public static class PsbtGlobal
{
    /// <summary>The unsigned transaction; version 0 only.</summary>
    public const ulong UnsignedTransaction = 0x00;

    /// <summary>An extended public key.</summary>
    public const ulong ExtendedPublicKey = 0x01;

    /// <summary>The transaction's version; version 2 only, as are the four after it.</summary>
    public const ulong TransactionVersion = 0x02;

    /// <summary>The lock time when no input demands one.</summary>
    public const ulong FallbackLockTime = 0x03;

    /// <summary>How many inputs.</summary>
    public const ulong InputCount = 0x04;

    /// <summary>How many outputs.</summary>
    public const ulong OutputCount = 0x05;

    /// <summary>What may still be added.</summary>
    public const ulong Modifiable = 0x06;

    /// <summary>The PSBT's version; absent says 0.</summary>
    public const ulong Version = 0xfb;

    /// <summary>For private use, in every map.</summary>
    public const ulong Proprietary = 0xfc;
}
