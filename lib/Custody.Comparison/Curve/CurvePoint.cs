using Org.BouncyCastle.Utilities;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.Comparison.Curve;

/// <summary>A point of secp256k1 (y² = x³ + 7) in Jacobian coordinates: x = X/Z², y = Y/Z³, and infinity where Z is zero.</summary>
internal readonly struct CurvePoint
{
    /// <summary>The neutral element.</summary>
    public static readonly CurvePoint Infinity;

    private readonly FieldElement _x;
    private readonly FieldElement _y;
    private readonly FieldElement _z;

    private CurvePoint(in FieldElement x, in FieldElement y, in FieldElement z) => (_x, _y, _z) = (x, y, z);

    /// <summary>True for the neutral element.</summary>
    public bool IsInfinity => _z.IsZero;

    /// <summary>Twice the point. No point but infinity doubles to infinity: the group's order is odd.</summary>
    public CurvePoint Twice()
    {
        if (IsInfinity)
        {
            return this;
        }

        var xx = _x.Square();
        var yy = _y.Square();
        var yyyy = yy.Square();
        var xyy = _x * yy;
        var four = xyy + xyy;
        four += four;
        var slope = xx + xx + xx;
        var x = slope.Square() - (four + four);
        var eight = yyyy + yyyy;
        eight += eight;
        eight += eight;
        var yz = _y * _z;
        return new CurvePoint(x, (slope * (four - x)) - eight, yz + yz);
    }

    /// <summary>The sum with a point in affine coordinates, whatever the two are to each other.</summary>
    public CurvePoint Add(in AffinePoint other)
    {
        if (IsInfinity)
        {
            return new CurvePoint(other.X, other.Y, FieldElement.One);
        }

        var zz = _z.Square();
        var h = (other.X * zz) - _x;
        var slope = (other.Y * zz * _z) - _y;
        if (h.IsZero)
        {
            return slope.IsZero ? Twice() : Infinity;
        }

        var hh = h.Square();
        var hhh = hh * h;
        var v = _x * hh;
        var x = slope.Square() - hhh - (v + v);
        return new CurvePoint(x, (slope * (v - x)) - (_y * hhh), _z * h);
    }

    /// <summary>Its affine coordinates; not of infinity, which has none.</summary>
    public AffinePoint Affine()
    {
        var bytes = new byte[FieldElement.Length];
        _z.Write(bytes);
        var inverse = FieldElement.Read(BigIntegers.AsUnsignedByteArray(
            FieldElement.Length, BigIntegers.ModOddInverse(Secp256k1.Parameters.Curve.Field.Characteristic, new CurveInteger(1, bytes))));
        var square = inverse.Square();
        return new AffinePoint(_x * square, _y * square * inverse);
    }
}

/// <summary>A point that is not infinity, in affine coordinates.</summary>
/// <param name="X">x.</param>
/// <param name="Y">y.</param>
internal readonly record struct AffinePoint(FieldElement X, FieldElement Y);
