using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>The outcome of a mined transaction.</summary>
/// <param name="TxId">The transaction's hash.</param>
/// <param name="Block">The block that holds it.</param>
/// <param name="Succeeded">Status 1; false is a revert that still paid its fee.</param>
/// <param name="GasUsed">Gas.</param>
/// <param name="EffectiveGasPrice">Wei per gas that was paid.</param>
/// <param name="Logs">What its contracts emitted, in order; null when the node does not say.</param>
public sealed record EvmReceipt(
    string TxId, BlockPoint Block, bool Succeeded, ulong GasUsed, BigInteger EffectiveGasPrice, IReadOnlyList<EvmLog>? Logs = null)
{
    /// <summary>The fee paid, in wei.</summary>
    public BigInteger Fee => GasUsed * EffectiveGasPrice;
}
