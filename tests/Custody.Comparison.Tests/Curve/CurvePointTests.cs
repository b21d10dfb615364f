using Custody.Comparison.Curve;
using Org.BouncyCastle.Math.EC;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.Comparison.Tests.Curve;

public sealed class CurvePointTests
{
    private static readonly ECPoint G = Secp256k1.Parameters.G;
    private static readonly CurveInteger N = Secp256k1.Parameters.N;

    // Every meeting of two multiples of G: different ones, the same, opposites, and infinity with each.
    [Fact]
    public void Add_SmallMultiplesAndTheirOpposites_IsBouncyCastlesSum()
    {
        for (var a = -6; a <= 6; a++)
        {
            for (var b = -6; b <= 6; b++)
            {
                if (b != 0)
                {
                    AssertIs(Multiple(a + b), Point(a).Add(Affine(b)));
                }
            }
        }
    }

    [Fact]
    public void Twice_SmallMultiples_IsBouncyCastlesDouble()
    {
        for (var a = -6; a <= 6; a++)
        {
            AssertIs(Multiple(2 * a), Point(a).Twice());
        }
    }

    [Fact]
    public void Sum_ScalarsAtTheEdges_IsBouncyCastlesSum()
    {
        var other = Multiple(7).Normalize();
        var (ofG, ofOther) = (new CombTable(G), new CombTable(other));
        CurveInteger[] scalars = [CurveInteger.Zero, CurveInteger.One, CurveInteger.Two, CurveInteger.ValueOf(256), CurveInteger.One.ShiftLeft(63), CurveInteger.One.ShiftLeft(64), CurveInteger.One.ShiftLeft(192), N.Subtract(CurveInteger.One), N.Subtract(CurveInteger.ValueOf(7)), N.ShiftRight(1)];
        foreach (var first in scalars)
        {
            foreach (var second in scalars)
            {
                AssertIs(G.Multiply(first).Add(other.Multiply(second)).Normalize(), CombTable.Sum(ofG, Bytes(first), ofOther, Bytes(second)));
            }
        }
    }

    private static byte[] Bytes(CurveInteger scalar) => Org.BouncyCastle.Utilities.BigIntegers.AsUnsignedByteArray(FieldElement.Length, scalar);

    private static ECPoint Multiple(int times) => G.Multiply(CurveInteger.ValueOf(times).Mod(N)).Normalize();

    private static AffinePoint Affine(int times)
    {
        var point = Multiple(times);
        return new AffinePoint(FieldElement.Read(point.AffineXCoord.GetEncoded()), FieldElement.Read(point.AffineYCoord.GetEncoded()));
    }

    // By way of another point, so that its Z is not one.
    private static CurvePoint Point(int times) => times == 0 ? CurvePoint.Infinity : CurvePoint.Infinity.Add(Affine(times)).Twice().Add(Affine(-times));

    private static void AssertIs(ECPoint expected, CurvePoint actual)
    {
        Assert.Equal(expected.IsInfinity, actual.IsInfinity);
        if (expected.IsInfinity)
        {
            return;
        }

        var affine = actual.Affine();
        Assert.True(affine.X.Is(FieldElement.Read(expected.AffineXCoord.GetEncoded())));
        Assert.True(affine.Y.Is(FieldElement.Read(expected.AffineYCoord.GetEncoded())));
    }
}
