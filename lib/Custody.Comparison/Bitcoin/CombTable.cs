using Org.BouncyCastle.Math.EC;

namespace Custody.Comparison.Bitcoin;

/// <summary>
/// Sums of a fixed point's multiples, so that multiplying it takes 32 doublings instead of 256 (Lim and Lee's comb): entry i
/// holds the sum of 2^(32k) times the point over the bits k of i. Only public keys are multiplied, so time may vary.
/// </summary>
internal sealed class CombTable
{
    private const int Teeth = 8;
    private const int Spacing = 32;
    private readonly ECPoint[] _sums;

    public CombTable(ECPoint point)
    {
        var sums = new ECPoint[1 << Teeth];
        sums[0] = point.Curve.Infinity;
        var tooth = point;
        for (var k = 0; k < Teeth; k++)
        {
            for (var i = 0; i < 1 << k; i++)
            {
                sums[(1 << k) + i] = sums[i].Add(tooth);
            }

            tooth = tooth.TimesPow2(Spacing);
        }

        // Adding a point with z = 1 is quicker.
        point.Curve.NormalizeAll(sums);
        _sums = sums;
    }

    /// <summary>The sum of two points' multiples, each by 32 bytes, big-endian, with one run of doublings for both.</summary>
    public static ECPoint Sum(CombTable first, ReadOnlySpan<byte> firstScalar, CombTable second, ReadOnlySpan<byte> secondScalar)
    {
        var sum = first._sums[0];
        for (var column = Spacing - 1; column >= 0; column--)
        {
            sum = sum.Twice();
            sum = sum.Add(first._sums[Column(firstScalar, column)]);
            sum = sum.Add(second._sums[Column(secondScalar, column)]);
        }

        return sum;
    }

    // The bits column, column + 32, … column + 224 of the scalar.
    private static int Column(ReadOnlySpan<byte> scalar, int column)
    {
        var index = 0;
        for (var k = 0; k < Teeth; k++)
        {
            var bit = column + (Spacing * k);
            index |= ((scalar[31 - (bit / 8)] >> (bit % 8)) & 1) << k;
        }

        return index;
    }
}
