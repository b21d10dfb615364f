using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Chains.Evm;

/// <summary>
/// The gas limit of a token's transfer: the node's estimate and a quarter more, since storage may look different by the time it
/// is mined; never above the governed ceiling, whatever the node says.
/// </summary>
public static class TokenGas
{
    /// <summary>The limit; only when the verdict allows.</summary>
    /// <param name="terms">The token's terms.</param>
    /// <param name="estimate">The node's estimate; null when it says that the call reverts.</param>
    public static (Verdict Verdict, ulong Limit) Plan(TokenTerms terms, ulong? estimate)
    {
        var ceiling = (ulong)terms.GasCeiling;
        if (estimate is not { } gas)
        {
            return (Verdict.Refused(RefusalCode.TransferWouldRevert, "The node says that the token's transfer would revert."), 0);
        }

        return gas > ceiling
            ? (Verdict.Refused(RefusalCode.GasAboveCeiling, $"The transfer wants {gas} gas, and {ceiling} are governed."), 0)
            : (Verdict.Allowed, Math.Min(ceiling, Math.Max(gas + (gas / 4), EvmTransfer.GasLimit + 1)));
    }
}
