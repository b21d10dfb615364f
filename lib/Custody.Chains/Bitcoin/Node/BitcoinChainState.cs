namespace Custody.Chains.Bitcoin;

/// <summary>How far a node is.</summary>
/// <param name="Chain">Bitcoin Core's name of the chain: <c>main</c>, <c>testnet4</c>, <c>signet</c> or <c>regtest</c>.</param>
/// <param name="Height">The height of its best block.</param>
/// <param name="BestHash">That block.</param>
/// <param name="IsSyncing">While it downloads blocks, what it says of coins is old.</param>
public sealed record BitcoinChainState(string Chain, int Height, TransactionId BestHash, bool IsSyncing);
