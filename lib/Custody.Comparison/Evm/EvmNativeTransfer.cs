using System.Numerics;

namespace Custody.Comparison.Evm;

/// <summary>
/// What the decoder accepts: an EIP-1559 transfer of native coin to an account. Calldata and access list are not members
/// because bytes that have any do not decode.
/// </summary>
/// <param name="ChainId">EIP-155 chain id.</param>
/// <param name="Nonce">The sender's nonce.</param>
/// <param name="MaxPriorityFeePerGas">Wei per gas.</param>
/// <param name="MaxFeePerGas">Wei per gas.</param>
/// <param name="GasLimit">Always 21000.</param>
/// <param name="To">The recipient in EIP-55 form.</param>
/// <param name="Value">Wei.</param>
public sealed record EvmNativeTransfer(
    ulong ChainId, ulong Nonce, BigInteger MaxPriorityFeePerGas, BigInteger MaxFeePerGas, ulong GasLimit, string To, BigInteger Value)
{
    /// <summary>The most it can pay in fees, in wei.</summary>
    public BigInteger MaxTotalFee => MaxFeePerGas * GasLimit;
}
