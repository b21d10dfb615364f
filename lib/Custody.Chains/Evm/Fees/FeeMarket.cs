using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>What a node says of the price of gas. It is advice: the envelope decides.</summary>
/// <param name="NextBaseFee">The base fee of the block after the newest, wei per gas (the last entry of <c>eth_feeHistory</c>).</param>
/// <param name="SuggestedPriorityFee">The node's <c>eth_maxPriorityFeePerGas</c>.</param>
/// <param name="RecentPriorityFees">The median tip of each recent block, oldest first; empty where the node gave none.</param>
public sealed record FeeMarket(BigInteger NextBaseFee, BigInteger SuggestedPriorityFee, IReadOnlyList<BigInteger> RecentPriorityFees);
