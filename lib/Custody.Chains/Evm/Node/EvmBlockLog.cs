namespace Custody.Chains.Evm;

/// <summary>A log with its place in a block.</summary>
/// <param name="TxId">The transaction that emitted it.</param>
/// <param name="Index">Its number in the block.</param>
/// <param name="Log">The log.</param>
public sealed record EvmBlockLog(string TxId, ulong Index, EvmLog Log);
