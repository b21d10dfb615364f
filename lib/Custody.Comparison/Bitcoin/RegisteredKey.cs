using System.Numerics;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Utilities;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.Comparison.Bitcoin;

/// <summary>A vault's registered public key: the script that is the vault's own, and what verifies under it.</summary>
public sealed class RegisteredKey
{
    private const int UncompressedLength = 65;
    private const int ScalarLength = 32;
    private static readonly CombTable Generator = new(Curve.Parameters.G);
    private readonly Lazy<CombTable> _table;

    private RegisteredKey(ECPoint point)
    {
        _table = new Lazy<CombTable>(() => new CombTable(point));
        var compressed = point.GetEncoded(compressed: true);
        Compressed = compressed;
        Script = (byte[])[0x00, 0x14, .. DoubleHash.OfKey(compressed)];
    }

    /// <summary>The key as a witness carries it, 33 bytes.</summary>
    public ReadOnlyMemory<byte> Compressed { get; }

    /// <summary>The vault's own P2WPKH script: what its coins are locked with, and its change.</summary>
    public ReadOnlyMemory<byte> Script { get; }

    /// <summary>From the governed key, uncompressed, 65 bytes; null when that is no point of the curve.</summary>
    public static RegisteredKey? Of(ReadOnlySpan<byte> uncompressed)
    {
        if (uncompressed.Length != UncompressedLength || uncompressed[0] != 4)
        {
            return null;
        }

        try
        {
            return new RegisteredKey(Curve.Parameters.Curve.DecodePoint(uncompressed.ToArray()));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>True when (r, s) sign a 32-byte digest under this key (SEC 1, section 4.1.4).</summary>
    public bool Verifies(ReadOnlySpan<byte> digest, BigInteger r, BigInteger s)
    {
        if (digest.Length != ScalarLength || !IsScalar(r) || !IsScalar(s))
        {
            return false;
        }

        var order = Curve.Parameters.N;
        var inverse = BigIntegers.ModOddInverse(order, ToCurve(s));
        var scalar = ToCurve(r);
        var first = new CurveInteger(1, digest).Multiply(inverse).Mod(order);
        var second = scalar.Multiply(inverse).Mod(order);
        var point = CombTable.Sum(Generator, Scalar(first), _table.Value, Scalar(second)).Normalize();
        return !point.IsInfinity && point.AffineXCoord.ToBigInteger().Mod(order).Equals(scalar);
    }

    private static bool IsScalar(BigInteger value) => value.Sign > 0 && value < Curve.Order;

    private static byte[] Scalar(CurveInteger value) => BigIntegers.AsUnsignedByteArray(ScalarLength, value);

    private static CurveInteger ToCurve(BigInteger value) => new(1, value.ToByteArray(isUnsigned: true, isBigEndian: true));
}
