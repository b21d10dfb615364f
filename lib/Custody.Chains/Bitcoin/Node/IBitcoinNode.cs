using Custody.Chains.Evm;

namespace Custody.Chains.Bitcoin;

/// <summary>
/// What is asked of a Bitcoin node. Each call throws <see cref="NodeUnavailableException"/> when there is no answer and
/// <see cref="NodeAnswerException"/> when the answer is none; sending throws neither for the first.
/// </summary>
public interface IBitcoinNode
{
    /// <summary>How far the node is.</summary>
    Task<BitcoinChainState> StateAsync(CancellationToken cancellation);

    /// <summary>The hash of the best chain's block at a height; null above its newest.</summary>
    Task<TransactionId?> HashAtAsync(int height, CancellationToken cancellation);

    /// <summary>A block's header by its hash; null for one that the node does not know.</summary>
    Task<BlockHeader?> HeaderAsync(TransactionId hash, CancellationToken cancellation);

    /// <summary>A block by its hash; null for one that the node does not know.</summary>
    Task<BitcoinBlock?> BlockAsync(TransactionId hash, CancellationToken cancellation);

    /// <summary>An output while it is unspent; null once it is spent, in the pool too with <paramref name="withPool"/>, or where there is none.</summary>
    Task<UnspentOutput?> UnspentAsync(Outpoint outpoint, bool withPool, CancellationToken cancellation);

    /// <summary>A transaction in the pool or, with the node's index, in a block; null for one that it does not know.</summary>
    Task<FoundTransaction?> TransactionAsync(TransactionId id, CancellationToken cancellation);

    /// <summary>Its place in the pool; null where it is not there.</summary>
    Task<PoolEntry?> PoolEntryAsync(TransactionId id, CancellationToken cancellation);

    /// <summary>The rate at which the node expects to see a transaction mined within so many blocks; null while it does not know.</summary>
    Task<FeeRate?> EstimateAsync(int blocks, EstimateMode mode, CancellationToken cancellation);

    /// <summary>The least rate that its pool takes now.</summary>
    Task<FeeRate> LeastRateAsync(CancellationToken cancellation);

    /// <summary>What the node would make of a transaction, which it does not keep.</summary>
    Task<PoolAnswer> TestAsync(ReadOnlyMemory<byte> signed, CancellationToken cancellation);

    /// <summary>Hands a transaction over. No answer, and an answer that is none, is <see cref="PoolVerdict.Unknown"/>.</summary>
    Task<PoolAnswer> SendAsync(ReadOnlyMemory<byte> signed, CancellationToken cancellation);
}
