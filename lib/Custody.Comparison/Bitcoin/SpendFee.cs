using System.Numerics;

namespace Custody.Comparison.Bitcoin;

/// <summary>What a spend pays in fees, for how many bytes.</summary>
/// <param name="Total">What its inputs hold beyond its outputs, base units; negative for bytes that no node takes.</param>
/// <param name="VirtualSize">Its size with signatures of full length, which does not depend on how short an r turned out.</param>
internal sealed record SpendFee(BigInteger Total, int VirtualSize)
{
    // How many items; 72 bytes of signature and 33 of key, each after its length.
    private const int WitnessLength = 1 + 1 + 72 + 1 + 33;
    private const int MarkerAndFlag = 2;

    /// <summary>Satoshi per virtual byte, rounded up: at or below a cap exactly when the fee is at or below the cap times the size.</summary>
    public BigInteger Rate => (Total + VirtualSize - 1) / VirtualSize;

    public static SpendFee Of(BitcoinSpend spend, IReadOnlyList<BitcoinOutput> spent, int unsignedLength) => new(
        Sum(spent) - Sum(spend.Outputs),
        ((4 * unsignedLength) + MarkerAndFlag + (spend.Inputs.Count * WitnessLength) + 3) / 4);

    private static BigInteger Sum(IEnumerable<BitcoinOutput> outputs) => outputs.Aggregate(BigInteger.Zero, (sum, o) => sum + o.Amount);
}
