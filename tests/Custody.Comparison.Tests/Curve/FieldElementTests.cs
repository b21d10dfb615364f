using System.Numerics;
using Custody.Comparison.Curve;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Custody.Comparison.Tests.Curve;

public sealed class FieldElementTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    // Where carries, borrows and the fold at 2^256 happen, and where a number stands as itself plus p.
    private static readonly BigInteger[] Edges =
    [
        0, 1, 2, 977, 0x1000003D0, 0x1000003D1, 0x1000003D2, ulong.MaxValue, BigInteger.Pow(2, 64), BigInteger.Pow(2, 128) - 1, BigInteger.Pow(2, 192), BigInteger.Pow(2, 255),
        P - 2, P - 1, P, P + 1, P + 976, BigInteger.Pow(2, 256) - 2, BigInteger.Pow(2, 256) - 1,
    ];

    [Fact]
    public void Operators_EveryTwoEdges_AreModuloP()
    {
        foreach (var a in Edges)
        {
            foreach (var b in Edges)
            {
                AssertOperators(a, b);
            }
        }
    }

    [Property(MaxTest = 2000)]
    public void Operators_AnyTwo_AreModuloP(int seed)
    {
        var random = new Random(seed);
        AssertOperators(Number(random), Number(random));
    }

    [Fact]
    public void IsZeroAndIsOdd_Edges_AreOfTheNumberBelowP()
    {
        foreach (var edge in Edges)
        {
            Assert.Equal((edge % P).IsZero, Element(edge).IsZero);
            Assert.Equal(!(edge % P).IsEven, Element(edge).IsOdd);
            Assert.Equal(edge % P, Text(Element(edge)));
        }
    }

    private static void AssertOperators(BigInteger a, BigInteger b)
    {
        Assert.Equal((a + b) % P, Text(Element(a) + Element(b)));
        Assert.Equal((((a - b) % P) + P) % P, Text(Element(a) - Element(b)));
        Assert.Equal(a * b % P, Text(Element(a) * Element(b)));
        Assert.Equal(a * a % P, Text(Element(a).Square()));
    }

    // Half of the limbs are all ones or all zeros.
    private static BigInteger Number(Random random)
    {
        var bytes = new byte[FieldElement.Length];
        for (var limb = 0; limb < 4; limb++)
        {
            var part = bytes.AsSpan(limb * 8, 8);
            switch (random.Next(4))
            {
                case 0:
                    part.Fill(0xff);
                    break;
                case 1:
                    break;
                default:
                    random.NextBytes(part);
                    break;
            }
        }

        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static FieldElement Element(BigInteger value)
    {
        var bytes = new byte[FieldElement.Length];
        var digits = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, bytes.Length - digits.Length);
        return FieldElement.Read(bytes);
    }

    private static BigInteger Text(FieldElement element)
    {
        var bytes = new byte[FieldElement.Length];
        element.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
