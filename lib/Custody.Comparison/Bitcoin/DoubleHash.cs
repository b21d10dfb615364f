using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Custody.Comparison.Bitcoin;

/// <summary>Bitcoin's hashes, held here once more so that the comparison's do not go through the builder's code.</summary>
internal static class DoubleHash
{
    /// <summary>SHA-256, twice.</summary>
    public static byte[] Of(params ReadOnlySpan<byte> data) => SHA256.HashData(SHA256.HashData(data));

    /// <summary>RIPEMD-160 of SHA-256, of a public key.</summary>
    public static byte[] OfKey(ReadOnlySpan<byte> key)
    {
        var ripemd = new RipeMD160Digest();
        ripemd.BlockUpdate(SHA256.HashData(key));
        var hash = new byte[20];
        ripemd.DoFinal(hash);
        return hash;
    }

    /// <summary>A transaction id as text, of the bytes without witnesses.</summary>
    public static string IdOf(ReadOnlySpan<byte> withoutWitnesses)
    {
        var hash = Of(withoutWitnesses);
        Array.Reverse(hash);
        return Convert.ToHexStringLower(hash);
    }
}
