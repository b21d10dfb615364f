using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// The most that a transaction may pay: all caps at once. The absolute and the share cap are one already in each intent's
/// envelope (its MaxTotal is the smaller of them), so a large absolute cap never serves a small spend; the rate cap grows
/// with the size. Withdrawals that share a transaction bring their totals together, and each its own rate: the least counts.
/// </summary>
public static class FeeLimit
{
    /// <summary>The most, base units; zero without any envelope.</summary>
    /// <param name="envelopes">The approved envelope of each withdrawal that the transaction pays.</param>
    /// <param name="virtualSize">The transaction's size with signatures of full length (<see cref="SpendSize"/>).</param>
    public static BigInteger Of(IReadOnlyCollection<FeeEnvelope> envelopes, int virtualSize)
    {
        var total = envelopes.Aggregate(BigInteger.Zero, (sum, e) => sum + BigInteger.Max(e.MaxTotal, 0));
        var rate = envelopes.Count == 0 ? BigInteger.Zero : BigInteger.Max(envelopes.Min(e => e.MaxRate), 0);
        return BigInteger.Min(total, rate * virtualSize);
    }

    /// <summary>True when a fee is within every cap.</summary>
    public static bool Allows(IReadOnlyCollection<FeeEnvelope> envelopes, BigInteger fee, int virtualSize) =>
        fee.Sign >= 0 && fee <= Of(envelopes, virtualSize);
}
