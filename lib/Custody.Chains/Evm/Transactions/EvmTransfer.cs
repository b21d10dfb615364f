using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>A payment of the chain's native coin as an EIP-1559 transaction: no calldata, no access list.</summary>
/// <param name="ChainId">The EIP-155 chain id that the signature is bound to.</param>
/// <param name="Nonce">The account's nonce that it consumes.</param>
/// <param name="MaxPriorityFeePerGas">The tip, wei per gas; at most <paramref name="MaxFeePerGas"/>.</param>
/// <param name="MaxFeePerGas">The most it pays, wei per gas, base fee and tip together.</param>
/// <param name="To">Who is paid.</param>
/// <param name="Value">How much, in wei.</param>
public sealed record EvmTransfer(
    ulong ChainId, ulong Nonce, BigInteger MaxPriorityFeePerGas, BigInteger MaxFeePerGas, EvmAddress To, BigInteger Value)
{
    /// <summary>
    /// The gas of a plain transfer to an account without code (Yellow Paper, G_transaction). A destination that has code and
    /// needs more reverts: we pay people, and never run their code.
    /// </summary>
    public const ulong GasLimit = 21000;

    /// <summary>The most the transfer can pay in fees, in wei.</summary>
    public BigInteger MaxTotalFee => MaxFeePerGas * GasLimit;
}
