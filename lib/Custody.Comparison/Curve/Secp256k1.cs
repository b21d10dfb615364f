using System.Numerics;
using Custody.Comparison.Evm;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math.EC;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.Comparison.Curve;

/// <summary>secp256k1 (SEC 2, section 2.4.1), over BouncyCastle: its order, and recovery of a signer's public key (SEC 1, section 4.1.6).</summary>
internal static class Secp256k1
{
    /// <summary>Its parameters.</summary>
    public static X9ECParameters Parameters { get; } = CustomNamedCurves.GetByName("secp256k1");

    /// <summary>The group's order n.</summary>
    public static BigInteger Order { get; } = new(Parameters.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);

    /// <summary>The largest s that Ethereum (EIP-2) takes and that Bitcoin nodes relay (BIP-146): with both halves allowed, anybody could give a signed transaction a second hash.</summary>
    public static BigInteger LargestS { get; } = Order / 2;

    /// <summary>
    /// The 65-byte public key for which (r, s) signs <paramref name="digest"/>; null when there is none. The x coordinate of
    /// the nonce point is r itself: Ethereum has no parity for the case r + n.
    /// </summary>
    public static byte[]? Recover(ReadOnlySpan<byte> digest, EvmSignature signature)
    {
        var order = Parameters.N;
        var r = ToCurve(signature.R);
        var s = ToCurve(signature.S);
        if (Decompress(signature.R, signature.YParity) is not { } noncePoint)
        {
            return null;
        }

        // Q = r⁻¹·(s·R − e·G)
        var e = new CurveInteger(1, digest.ToArray()).Mod(order);
        var inverse = r.ModInverse(order);
        var key = ECAlgorithms.SumOfTwoMultiplies(
            Parameters.G, order.Subtract(e).Multiply(inverse).Mod(order), noncePoint, s.Multiply(inverse).Mod(order)).Normalize();
        return key.IsInfinity ? null : key.GetEncoded(compressed: false);
    }

    private static ECPoint? Decompress(BigInteger x, int yParity)
    {
        var encoded = new byte[33];
        encoded[0] = (byte)(2 + yParity);
        var coordinate = x.ToByteArray(isUnsigned: true, isBigEndian: true);
        coordinate.CopyTo(encoded.AsSpan(33 - coordinate.Length));
        try
        {
            return Parameters.Curve.DecodePoint(encoded);
        }
        catch (ArgumentException)
        {
            // No point of the curve has this x.
            return null;
        }
    }

    private static CurveInteger ToCurve(BigInteger value) => new(1, value.ToByteArray(isUnsigned: true, isBigEndian: true));
}
