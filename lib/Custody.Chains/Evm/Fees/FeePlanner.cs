using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Chains.Evm;

/// <summary>
/// The fee of a transfer. With <c>b</c> the next base fee, all in wei per gas:
/// <list type="bullet">
/// <item><c>allowed = min(MaxRate, ⌊MaxTotal / gas limit⌋)</c>: no node value raises it.</item>
/// <item><c>needed = b + ⌈b / 8⌉ + 1</c>: EIP-1559 lets the base fee rise by an eighth a block, so less may already be too
/// little when the transaction arrives; 1 wei is the least tip that pools take. Above <c>allowed</c>, nothing is built.</item>
/// <item><c>tip = max(1, min(suggested, highest recent median))</c>: a suggestion that nobody pays is not believed. Where the
/// node shows no tips paid, the suggestion stands.</item>
/// <item><c>maxFee = min(2b + tip, allowed)</c>: twice the base fee outlasts five full blocks; what is not needed is not paid.</item>
/// <item><c>maxPriority = min(tip, maxFee − b)</c>: never above the maximum, and never out of the base fee's share.</item>
/// </list>
/// </summary>
public static class FeePlanner
{
    private static readonly BigInteger LeastTip = BigInteger.One;

    /// <summary>Plans within <paramref name="envelope"/>, whatever <paramref name="market"/> says; of native coin unless <paramref name="gasLimit"/> says otherwise.</summary>
    public static FeePlan Plan(FeeMarket market, FeeEnvelope envelope, ulong gasLimit = EvmTransfer.GasLimit)
    {
        var baseFee = BigInteger.Max(market.NextBaseFee, BigInteger.Zero);
        var allowed = BigInteger.Min(envelope.MaxRate, envelope.MaxTotal / gasLimit);
        var needed = Needed(baseFee);
        if (needed > allowed)
        {
            return new FeePlan.AboveEnvelope(needed, allowed);
        }

        var tip = Tip(market);
        var maxFee = BigInteger.Min((2 * baseFee) + tip, allowed);
        return new FeePlan.Planned(BigInteger.Min(tip, maxFee - baseFee), maxFee);
    }

    internal static BigInteger Needed(BigInteger baseFee) => baseFee + ((baseFee + 7) / 8) + LeastTip;

    internal static BigInteger Tip(FeeMarket market)
    {
        var paid = market.RecentPriorityFees.DefaultIfEmpty(BigInteger.Zero).Max();
        var believed = paid.Sign > 0 ? BigInteger.Min(market.SuggestedPriorityFee, paid) : market.SuggestedPriorityFee;
        return BigInteger.Max(believed, LeastTip);
    }
}
