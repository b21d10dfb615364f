using Custody.Core.Assets;
using Custody.Core.Deposits;

namespace Custody.Core.Storage;

/// <summary>
/// The deposits to our accounts, and their postings. A record of what the chain says: it authorises nothing, and whoever can write it
/// moves no money.
/// </summary>
public interface IDepositStore
{
    /// <summary>Records one as seen, true when it was not so before. Again does nothing; one that was orphaned is seen again.</summary>
    Task<bool> SeeAsync(Deposit deposit, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Posts one that was seen to the ledger, once, and then calls it final; false where there was nothing to change.
    /// </summary>
    Task<bool> FinishAsync(ChainId chain, ulong blockNumber, string id, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Its block left the chain; false where there was nothing to change. What is final stays.</summary>
    Task<bool> OrphanAsync(ChainId chain, ulong blockNumber, string id, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// The block of one that was final left the chain: posts the opposite, once, and then calls it orphaned; false where there was nothing
    /// to change.
    /// </summary>
    Task<bool> ReverseAsync(ChainId chain, ulong blockNumber, string id, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>A chain's deposits, the highest block first. Throws <see cref="FormatException"/> for a continuation that no page gave.</summary>
    Task<DepositPage> ListAsync(ChainId chain, int size, string? continuation, CancellationToken cancellation);
}
