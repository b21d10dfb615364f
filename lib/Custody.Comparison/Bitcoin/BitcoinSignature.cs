using System.Numerics;
using Custody.Comparison.Curve;

namespace Custody.Comparison.Bitcoin;

/// <summary>
/// A witness as the decoder accepts it: exactly a signature and a compressed public key; the signature strict DER (BIP-66),
/// s in the lower half (BIP-146), hash type ALL. There is nothing else in it, so there is no annex either.
/// </summary>
/// <param name="R">r.</param>
/// <param name="S">s.</param>
/// <param name="PublicKey">The key, 33 bytes.</param>
public sealed record BitcoinSignature(BigInteger R, BigInteger S, byte[] PublicKey)
{
    private const byte HashTypeAll = 1;
    private const int CompressedLength = 33;

    internal static BitcoinSignature? ReadFrom(ref WireReader reader)
    {
        reader.Require(reader.Size("the number of witness items") == 2, "a witness is not a signature and a key");
        var signature = reader.Text("a signature");
        var key = reader.Text("a public key");
        reader.Require(key.Length == CompressedLength && key[0] is 2 or 3, "a public key is not compressed");
        if (reader.Fault is not null)
        {
            return null;
        }

        reader.Require(signature.Length is > 8 and < 74, "a signature is too short or too long");
        reader.Require(signature is [.., HashTypeAll], "a hash type is not ALL");
        if (reader.Fault is not null)
        {
            return null;
        }

        // 30 length 02 length r 02 length s
        var der = new WireReader(signature[..^1]);
        der.Require(der.Number(1, "a signature") == 0x30, "a signature is not DER");
        der.Require((int)der.Number(1, "a signature") == der.Rest.Length, "a signature is not DER");
        var r = Scalar(ref der);
        var s = Scalar(ref der);
        der.Require(der.Rest.IsEmpty, "a signature is not DER");
        der.Require(s <= Secp256k1.LargestS, "s is in the upper half (BIP-146)");
        reader.Require(der.Fault is null, der.Fault ?? "");
        return reader.Fault is null ? new BitcoinSignature(r, s, key.ToArray()) : null;
    }

    private static BigInteger Scalar(ref WireReader der)
    {
        der.Require(der.Number(1, "a signature") == 2, "a signature is not DER");
        var length = (int)der.Number(1, "a signature");
        var digits = der.Take(length, "a signature");
        der.Require(length is > 0 and < 34 && !digits.IsEmpty && digits[0] < 0x80, "a signature is not DER");
        der.Require(digits is not [0, < 0x80, ..], "a signature is not DER");
        var value = der.Fault is null ? new BigInteger(digits, isUnsigned: true, isBigEndian: true) : BigInteger.Zero;
        der.Require(!value.IsZero && value < Secp256k1.Order, "r or s is not between 1 and n - 1");
        return value;
    }
}
