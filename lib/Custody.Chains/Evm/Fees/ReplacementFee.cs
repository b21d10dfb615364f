using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Chains.Evm;

/// <summary>
/// The fee of bytes that take the nonce of bytes that were signed before. Nodes that hold the earlier ones take others in their
/// place only for a tenth more, in both of EIP-1559's fields; an eighth leaves room for rounding. It also makes the bytes of two
/// attempts differ where the market has not moved, so that each attempt has a digest, a signature and an id of its own.
/// </summary>
public static class ReplacementFee
{
    /// <summary>
    /// Raises <paramref name="plan"/> over <paramref name="signedMaxFee"/>, the most that the earlier bytes pay per gas. The tip
    /// is the whole of it: the earlier tip is at most that, and is not known.
    /// </summary>
    public static FeePlan Over(BigInteger signedMaxFee, FeePlan plan, FeeEnvelope envelope)
    {
        if (plan is not FeePlan.Planned planned)
        {
            return plan;
        }

        var allowed = BigInteger.Min(envelope.MaxRate, envelope.MaxTotal / EvmTransfer.GasLimit);
        var needed = BigInteger.Max(planned.MaxFeePerGas, signedMaxFee + (signedMaxFee / 8) + 1);
        return needed > allowed ? new FeePlan.AboveEnvelope(needed, allowed) : new FeePlan.Planned(needed, needed);
    }
}
