using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// What each withdrawal of a batch bears of the fee: in proportion to what its envelope allows, so that none bears more than
/// it was approved for while the whole is within all of them together.
/// </summary>
public static class FeeShare
{
    /// <summary>The shares, in the order of the envelopes; they add up to the fee exactly. Throws for a fee beyond all envelopes.</summary>
    public static IReadOnlyList<BigInteger> Of(IReadOnlyList<FeeEnvelope> envelopes, BigInteger fee)
    {
        var caps = envelopes.Select(e => BigInteger.Max(e.MaxTotal, 0)).ToList();
        var total = caps.Aggregate(BigInteger.Zero, (sum, cap) => sum + cap);
        ArgumentOutOfRangeException.ThrowIfNegative(fee);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fee, total);

        // Each bears the difference of two rounded-down running sums: nothing is lost to rounding, and no share passes its cap.
        var shares = new List<BigInteger>(caps.Count);
        var (before, borne) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var cap in caps)
        {
            before += cap;
            var upTo = total.IsZero ? BigInteger.Zero : fee * before / total;
            shares.Add(upTo - borne);
            borne = upTo;
        }

        return shares;
    }
}
