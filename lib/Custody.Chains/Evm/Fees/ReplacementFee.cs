using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Chains.Evm;

/// <summary>
/// The fee of a transaction that may have to replace an earlier one at its nonce: both fee fields at least an eighth above
/// each earlier one's (geth's pool asks for a tenth, <c>txpool.pricebump</c>), within the envelope that was approved. It also
/// makes the bytes of two attempts differ, so each attempt has a sighash of its own.
/// </summary>
public static class ReplacementFee
{
    /// <summary>The plan, raised where that is needed; null when there is none, or when the envelope does not permit it.</summary>
    /// <param name="plan">What the fee market asks for.</param>
    /// <param name="earlier">(maxFeePerGas, maxPriorityFeePerGas) of each earlier transaction at the nonce, wei per gas.</param>
    /// <param name="envelope">The approved envelope.</param>
    /// <param name="gasLimit">The transaction's gas limit.</param>
    public static FeePlan.Planned? Plan(
        FeePlan plan, IReadOnlyList<(BigInteger MaxFee, BigInteger MaxPriorityFee)> earlier, FeeEnvelope envelope, ulong gasLimit = EvmTransfer.GasLimit)
    {
        if (plan is not FeePlan.Planned planned)
        {
            return null;
        }

        var fee = Max(planned.MaxFeePerGas, earlier.Select(e => Raised(e.MaxFee)));
        var priority = Max(planned.MaxPriorityFeePerGas, earlier.Select(e => Raised(e.MaxPriorityFee)));
        return priority <= fee && fee <= envelope.MaxRate && fee * gasLimit <= envelope.MaxTotal
            ? new FeePlan.Planned(priority, fee)
            : null;
    }

    // ⌈value × 9/8⌉, and at least one more than it.
    private static BigInteger Raised(BigInteger value) => value.IsZero ? 0 : BigInteger.Max(((value * 9) + 7) / 8, value + 1);

    private static BigInteger Max(BigInteger value, IEnumerable<BigInteger> others) => others.Append(value).Max();
}
