using Org.BouncyCastle.Math.EC;

namespace Custody.Comparison.Curve;

/// <summary>
/// Sums of a fixed point's multiples, so that multiplying it takes 8 doublings instead of 256 (Lim and Lee's comb with several
/// tables): entry i of block b holds the sum of 2^(64b + 8k) times the point over the bits k of i. Only public keys are
/// multiplied, so time may vary.
/// </summary>
internal sealed class CombTable
{
    private const int Blocks = 4;
    private const int Teeth = 8;
    private const int Spacing = 8;
    private const int Entries = 1 << Teeth;
    private readonly AffinePoint[] _sums;

    /// <summary>Of a point that is not infinity. None of its sums is: each is a multiple by less than the group's order, which is prime.</summary>
    public CombTable(ECPoint point)
    {
        var sums = new ECPoint[Blocks * Entries];
        var tooth = point;
        for (var b = 0; b < Blocks; b++)
        {
            var block = sums.AsSpan(b * Entries, Entries);
            block[0] = point.Curve.Infinity;
            for (var k = 0; k < Teeth; k++)
            {
                for (var i = 0; i < 1 << k; i++)
                {
                    block[(1 << k) + i] = block[i].Add(tooth);
                }

                tooth = tooth.TimesPow2(Spacing);
            }
        }

        point.Curve.NormalizeAll(sums);
        _sums = [.. sums.Select(sum => sum.IsInfinity ? default : Of(sum))];
    }

    /// <summary>The sum of two points' multiples, each by 32 bytes, big-endian, with one run of doublings for both.</summary>
    public static CurvePoint Sum(CombTable first, ReadOnlySpan<byte> firstScalar, CombTable second, ReadOnlySpan<byte> secondScalar)
    {
        var sum = CurvePoint.Infinity;
        for (var column = Spacing - 1; column >= 0; column--)
        {
            sum = second.Add(first.Add(sum.Twice(), firstScalar, column), secondScalar, column);
        }

        return sum;
    }

    private static AffinePoint Of(ECPoint point) =>
        new(FieldElement.Read(point.AffineXCoord.GetEncoded()), FieldElement.Read(point.AffineYCoord.GetEncoded()));

    private CurvePoint Add(CurvePoint sum, ReadOnlySpan<byte> scalar, int column)
    {
        for (var b = 0; b < Blocks; b++)
        {
            // The bits column, column + 8, … of the block's eight bytes, which stand last byte first.
            var entry = 0;
            for (var k = 0; k < Teeth; k++)
            {
                entry |= ((scalar[FieldElement.Length - 1 - (Teeth * b) - k] >> column) & 1) << k;
            }

            sum = entry == 0 ? sum : sum.Add(_sums[(b * Entries) + entry]);
        }

        return sum;
    }
}
