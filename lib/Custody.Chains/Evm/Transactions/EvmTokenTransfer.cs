using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>A payment of an ERC-20 token as an EIP-1559 transaction: a call of the contract's <c>transfer</c> that carries no native coin.</summary>
/// <param name="ChainId">The EIP-155 chain id that the signature is bound to.</param>
/// <param name="Nonce">The account's nonce that it consumes.</param>
/// <param name="MaxPriorityFeePerGas">The tip, wei per gas; at most <paramref name="MaxFeePerGas"/>.</param>
/// <param name="MaxFeePerGas">The most it pays, wei per gas, base fee and tip together.</param>
/// <param name="GasLimit">The most gas that the call may use; more than a plain transfer's.</param>
/// <param name="Token">The token's contract.</param>
/// <param name="To">Who is paid.</param>
/// <param name="Amount">How much, in the token's base units.</param>
public sealed record EvmTokenTransfer(
    ulong ChainId,
    ulong Nonce,
    BigInteger MaxPriorityFeePerGas,
    BigInteger MaxFeePerGas,
    ulong GasLimit,
    EvmAddress Token,
    EvmAddress To,
    BigInteger Amount)
{
    /// <summary>The most the transfer can pay in fees, in wei.</summary>
    public BigInteger MaxTotalFee => MaxFeePerGas * GasLimit;
}
