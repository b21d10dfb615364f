using Org.BouncyCastle.Crypto.Digests;

namespace Custody.Core.Encoding;

/// <summary>Keccak-256 as Ethereum uses it (the original padding, not FIPS 202's SHA3-256).</summary>
public static class Keccak256
{
    /// <summary>The 32-byte digest of <paramref name="data"/>.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var keccak = new KeccakDigest(256);
        keccak.BlockUpdate(data);
        var digest = new byte[32];
        keccak.DoFinal(digest);
        return digest;
    }
}
