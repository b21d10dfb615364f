using System.Numerics;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.Comparison.Curve;

/// <summary>
/// A known public key, with a table of its multiples that makes verifying several times quicker than recovering a key. Which
/// points there are is BouncyCastle's word; the sums of points are calculated here.
/// </summary>
internal sealed class VerifyingKey
{
    private const int UncompressedLength = 65;
    private static readonly CombTable Generator = new(Secp256k1.Parameters.G);
    private readonly Lazy<CombTable> _table;

    private VerifyingKey(ECPoint point)
    {
        _table = new Lazy<CombTable>(() => new CombTable(point));
        Compressed = point.GetEncoded(compressed: true);
        Uncompressed = point.GetEncoded(compressed: false);
    }

    /// <summary>33 bytes.</summary>
    public byte[] Compressed { get; }

    /// <summary>65 bytes.</summary>
    public byte[] Uncompressed { get; }

    /// <summary>From 65 bytes, uncompressed; null when they are no point of the curve.</summary>
    public static VerifyingKey? Of(ReadOnlySpan<byte> uncompressed)
    {
        if (uncompressed.Length != UncompressedLength || uncompressed[0] != 4)
        {
            return null;
        }

        try
        {
            return new VerifyingKey(Secp256k1.Parameters.Curve.DecodePoint(uncompressed.ToArray()));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>True when (r, s) sign a 32-byte digest under this key (SEC 1, section 4.1.4).</summary>
    public bool Verifies(ReadOnlySpan<byte> digest, BigInteger r, BigInteger s) =>
        NoncePoint(digest, r, s) is { } point && X(point) % Secp256k1.Order == r;

    /// <summary>
    /// True when recovery with this parity gives this very key (SEC 1, section 4.1.6). The x coordinate of the nonce point is r
    /// itself: Ethereum has no parity for the case r + n.
    /// </summary>
    public bool IsRecoveredFrom(ReadOnlySpan<byte> digest, BigInteger r, BigInteger s, int yParity) =>
        NoncePoint(digest, r, s) is { } point && X(point) == r && point.Y.IsOdd == (yParity == 1);

    // s⁻¹·(e·G + r·Q); none for what cannot be a signature.
    private AffinePoint? NoncePoint(ReadOnlySpan<byte> digest, BigInteger r, BigInteger s)
    {
        if (digest.Length != FieldElement.Length || !IsScalar(r) || !IsScalar(s))
        {
            return null;
        }

        var inverse = Number(BigIntegers.ModOddInverse(Secp256k1.Parameters.N, new CurveInteger(1, Scalar(s))).ToByteArrayUnsigned());
        var sum = CombTable.Sum(Generator, Scalar(Number(digest) * inverse % Secp256k1.Order), _table.Value, Scalar(r * inverse % Secp256k1.Order));
        return sum.IsInfinity ? null : sum.Affine();
    }

    private static BigInteger X(AffinePoint point)
    {
        Span<byte> bytes = stackalloc byte[FieldElement.Length];
        point.X.Write(bytes);
        return Number(bytes);
    }

    private static bool IsScalar(BigInteger value) => value.Sign > 0 && value < Secp256k1.Order;

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Scalar(BigInteger value)
    {
        var bytes = new byte[FieldElement.Length];
        value.TryWriteBytes(bytes.AsSpan(FieldElement.Length - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }
}
