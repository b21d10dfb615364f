using Custody.Core.Assets;

namespace Custody.Core.Storage;

/// <summary>Which withdrawal a transaction id belongs to; written before the node sees the bytes.</summary>
public interface ITransactionIndex
{
    /// <summary>Records a transaction.</summary>
    Task AddAsync(ChainId chain, string transactionId, string withdrawalId, CancellationToken cancellation);

    /// <summary>The withdrawal of a transaction; null when it is not ours.</summary>
    Task<string?> FindAsync(ChainId chain, string transactionId, CancellationToken cancellation);
}
