using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>
/// Whether a transaction in the pool offers less than blocks ask for now: too little for the next base fee and one rise of it, or,
/// after the base fee, a smaller tip than the market's. One that offers enough is only sent again: outbidding it would pay more
/// for nothing.
/// </summary>
public static class Outbidding
{
    /// <summary>True when only a higher fee would bring it into a block. Amounts in wei per gas.</summary>
    public static bool IsNeeded(FeeMarket market, BigInteger maxFee, BigInteger maxPriorityFee)
    {
        var baseFee = BigInteger.Max(market.NextBaseFee, BigInteger.Zero);
        return maxFee < FeePlanner.Needed(baseFee) || BigInteger.Min(maxPriorityFee, maxFee - baseFee) < FeePlanner.Tip(market);
    }
}
