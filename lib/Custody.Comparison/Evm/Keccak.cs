using Org.BouncyCastle.Crypto.Digests;

namespace Custody.Comparison.Evm;

/// <summary>Keccak-256, held here once more so that the comparison's hashes do not go through the builder's code.</summary>
internal static class Keccak
{
    public static byte[] Hash(params ReadOnlySpan<byte> data)
    {
        var sponge = new KeccakDigest(256);
        sponge.BlockUpdate(data);
        var hash = new byte[sponge.GetDigestSize()];
        sponge.DoFinal(hash);
        return hash;
    }
}
