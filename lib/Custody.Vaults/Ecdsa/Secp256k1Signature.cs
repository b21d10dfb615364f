using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities;

namespace Custody.Vaults.Ecdsa;

/// <summary>
/// ECDSA on secp256k1 (SEC 1 v2, section 4.1): r‖s signatures of 64 bytes over 32-byte digests, uncompressed public keys of
/// 65 bytes. What is malformed is not valid; nothing here throws for what a device or a stranger sent.
/// </summary>
public static class Secp256k1Signature
{
    private const int ScalarLength = 32;
    private const int SignatureLength = 2 * ScalarLength;
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger HalfOrder = Curve.N.ShiftRight(1);

    /// <summary>True if the signature over the digest is the public key's. High-S signatures are valid here.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (digest.Length != ScalarLength || Point(publicKey) is not { } q || Scalars(signature) is not var (r, s))
        {
            return false;
        }

        var inverse = BigIntegers.ModOddInverseVar(Curve.N, s);
        var u1 = Scalar(digest).Multiply(inverse).Mod(Curve.N);
        var u2 = r.Multiply(inverse).Mod(Curve.N);
        var point = ECAlgorithms.SumOfTwoMultiplies(Curve.G, u1, q, u2).Normalize();
        return !point.IsInfinity && point.AffineXCoord.ToBigInteger().Mod(Curve.N).Equals(r);
    }

    /// <summary>True if s is at most half the curve's order, as EIP-2 and BIP-62 demand. False for what is malformed.</summary>
    public static bool IsLowS(ReadOnlySpan<byte> signature) => Scalars(signature) is var (_, s) && s.CompareTo(HalfOrder) <= 0;

    /// <summary>
    /// The same signature with s at most half the order: of s and n − s, which are both valid, networks take only the lower.
    /// Null if it is malformed.
    /// </summary>
    public static byte[]? NormalizeLowS(ReadOnlySpan<byte> signature)
    {
        if (Scalars(signature) is not var (_, s))
        {
            return null;
        }

        var normalized = signature.ToArray();
        if (s.CompareTo(HalfOrder) > 0)
        {
            BigIntegers.AsUnsignedByteArray(Curve.N.Subtract(s), normalized.AsSpan(ScalarLength));
        }

        return normalized;
    }

    /// <summary>
    /// The public key whose signature this is, if the nonce point's Y had parity <paramref name="yParity"/> (0 or 1). Null if
    /// there is none. Nonce points with X beyond the order are left out, as Ethereum leaves them out: nobody can find one.
    /// </summary>
    public static byte[]? RecoverPublicKey(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, int yParity)
    {
        if (digest.Length != ScalarLength || yParity is not (0 or 1) || Scalars(signature) is not var (r, s)
            || Decode([(byte)(2 + yParity), .. signature[..ScalarLength]]) is not { } nonce)
        {
            return null;
        }

        // Q = r⁻¹(sR − zG), SEC 1 section 4.1.6.
        var inverse = BigIntegers.ModOddInverseVar(Curve.N, r);
        var u1 = Scalar(digest).Negate().Multiply(inverse).Mod(Curve.N);
        var u2 = s.Multiply(inverse).Mod(Curve.N);
        var q = ECAlgorithms.SumOfTwoMultiplies(Curve.G, u1, nonce, u2).Normalize();
        return q.IsInfinity ? null : q.GetEncoded(compressed: false);
    }

    /// <summary>
    /// The parity (0 or 1) with which the signature recovers exactly <paramref name="expectedPublicKey"/>; null if neither
    /// does, which means that the signature is not that key's. Take it after <see cref="NormalizeLowS"/>: that flips it.
    /// </summary>
    public static int? RecoverYParity(ReadOnlySpan<byte> expectedPublicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        for (var yParity = 0; yParity <= 1; yParity++)
        {
            if (RecoverPublicKey(digest, signature, yParity) is { } recovered && expectedPublicKey.SequenceEqual(recovered))
            {
                return yParity;
            }
        }

        return null;
    }

    private static (BigInteger R, BigInteger S)? Scalars(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return null;
        }

        var r = Scalar(signature[..ScalarLength]);
        var s = Scalar(signature[ScalarLength..]);
        return InRange(r) && InRange(s) ? (r, s) : null;
    }

    private static bool InRange(BigInteger scalar) => scalar.SignValue > 0 && scalar.CompareTo(Curve.N) < 0;

    private static BigInteger Scalar(ReadOnlySpan<byte> bytes) => new(1, bytes);

    private static ECPoint? Point(ReadOnlySpan<byte> uncompressed) => uncompressed.Length == 65 && uncompressed[0] == 4 ? Decode(uncompressed) : null;

    private static ECPoint? Decode(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return Curve.Curve.DecodePoint(encoded);
        }
        catch (Exception notAPoint) when (notAPoint is ArgumentException or FormatException)
        {
            return null;
        }
    }
}
