using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Custody.Chains.Bitcoin;

/// <summary>Bitcoin's two compound hashes.</summary>
public static class Hashes
{
    /// <summary>SHA-256 of SHA-256.</summary>
    public static byte[] Sha256d(ReadOnlySpan<byte> data)
    {
        Span<byte> first = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, first);
        return SHA256.HashData(first);
    }

    /// <summary>RIPEMD-160 of SHA-256: what an address of a key or script holds.</summary>
    public static byte[] Hash160(ReadOnlySpan<byte> data)
    {
        var digest = new RipeMD160Digest();
        digest.BlockUpdate(SHA256.HashData(data));
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
