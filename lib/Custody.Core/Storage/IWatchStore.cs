using Custody.Core.Assets;
using Custody.Core.Withdrawals;

namespace Custody.Core.Storage;

/// <summary>What a chain's watcher remembers between runs: its cursor, and the payments it has seen that are not yet deep enough.</summary>
public interface IWatchStore
{
    /// <summary>The cursor as stored bytes, with the version to save it at; null before the first block.</summary>
    Task<WatchCursor?> LoadCursorAsync(ChainId chain, CancellationToken cancellation);

    /// <summary>Moves the cursor; <see cref="CommitOutcome.Conflict"/> when another run moved it first.</summary>
    Task<CommitOutcome> SaveCursorAsync(ChainId chain, WatchCursor cursor, CancellationToken cancellation);

    /// <summary>Remembers a payment seen in a block until it is deep enough. Adding again does nothing.</summary>
    Task AddPendingAsync(ChainId chain, PendingConfirmation pending, CancellationToken cancellation);

    /// <summary>The payments in blocks from <paramref name="from"/> to <paramref name="to"/>, lowest first.</summary>
    IAsyncEnumerable<PendingConfirmation> PendingAsync(ChainId chain, ulong from, ulong to, CancellationToken cancellation);

    /// <summary>Forgets a payment: it was announced as final, or its block left the chain.</summary>
    Task RemovePendingAsync(ChainId chain, PendingConfirmation pending, CancellationToken cancellation);
}
