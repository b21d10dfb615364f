namespace Custody.Chains.Evm;

/// <summary>A block with all of its transactions.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Transactions">What it holds, in order.</param>
public sealed record EvmBlock(EvmHeader Header, IReadOnlyList<EvmTransaction> Transactions);
