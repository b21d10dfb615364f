using System.Numerics;
using Custody.Comparison.Curve;

namespace Custody.Comparison.Bitcoin;

/// <summary>A vault's registered public key: the script that is the vault's own, and what verifies under it.</summary>
public sealed class RegisteredKey
{
    private readonly VerifyingKey _key;

    private RegisteredKey(VerifyingKey key)
    {
        _key = key;
        Compressed = key.Compressed;
        Script = (byte[])[0x00, 0x14, .. DoubleHash.OfKey(key.Compressed)];
    }

    /// <summary>The key as a witness carries it, 33 bytes.</summary>
    public ReadOnlyMemory<byte> Compressed { get; }

    /// <summary>The vault's own P2WPKH script: what its coins are locked with, and its change.</summary>
    public ReadOnlyMemory<byte> Script { get; }

    /// <summary>From the governed key, uncompressed, 65 bytes; null when that is no point of the curve.</summary>
    public static RegisteredKey? Of(ReadOnlySpan<byte> uncompressed) => VerifyingKey.Of(uncompressed) is { } key ? new RegisteredKey(key) : null;

    /// <summary>True when (r, s) sign a 32-byte digest under this key (SEC 1, section 4.1.4).</summary>
    public bool Verifies(ReadOnlySpan<byte> digest, BigInteger r, BigInteger s) => _key.Verifies(digest, r, s);
}
