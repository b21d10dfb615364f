using System.Numerics;
using System.Security.Cryptography;

namespace Custody.TestHost;

/// <summary>Signatures that a dishonest signer gives in place of its own.</summary>
internal static class SignatureLies
{
    private static readonly BigInteger CurveOrder = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The same signature with the other s, above half of the curve's order (EIP-2).</summary>
    public static byte[] HighS(byte[] signature) => S(signature) <= CurveOrder / 2 ? OtherS(signature) : signature;

    /// <summary>A key's that nobody registered, with a low s, so that only the key is wrong.</summary>
    public static byte[] OtherKey(ReadOnlySpan<byte> digest)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        var signature = key.SignHash(digest, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return S(signature) <= CurveOrder / 2 ? signature : OtherS(signature);
    }

    private static BigInteger S(byte[] signature) => new(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);

    private static byte[] OtherS(byte[] signature)
    {
        var bytes = (CurveOrder - S(signature)).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. signature[..32], .. new byte[32 - bytes.Length], .. bytes];
    }
}
