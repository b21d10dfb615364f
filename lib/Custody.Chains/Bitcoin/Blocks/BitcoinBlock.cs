namespace Custody.Chains.Bitcoin;

/// <summary>A block as its bytes say, and no node's word for it.</summary>
/// <param name="Header">The header.</param>
/// <param name="Transactions">All of them, the coinbase first.</param>
public sealed record BitcoinBlock(BlockHeader Header, IReadOnlyList<BitcoinTransaction> Transactions);
