using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;

namespace Custody.Core.Storage;

/// <summary>Whitelist entries' files. Every write is conditional and all or nothing; reading verifies nothing.</summary>
public interface IWhitelistStore
{
    /// <summary>Reads a file; null when there is none.</summary>
    Task<WhitelistFile?> LoadAsync(string key, CancellationToken cancellation);

    /// <summary>Creates a file if there is none: the guard against duplicates.</summary>
    Task<CommitOutcome> CreateAsync(WhitelistState first, IReadOnlyDictionary<string, string> documents, CancellationToken cancellation);

    /// <summary>Commits a state and added documents to the file as it was read.</summary>
    Task<CommitOutcome> CommitAsync(WhitelistFile read, WhitelistState next, IReadOnlyDictionary<string, string> added, CancellationToken cancellation);

    /// <summary>The keys of entries whose orchestration has something to do. May name one that has not any more, never misses one.</summary>
    IAsyncEnumerable<string> OpenAsync(CancellationToken cancellation);

    /// <summary>Takes an entry that waits for nothing off the list of open ones, where a crash left it.</summary>
    Task CloseAsync(string key, CancellationToken cancellation);

    /// <summary>A client's entries (all clients' when <paramref name="clientId"/> is null). Throws <see cref="FormatException"/> for a continuation that no page returned.</summary>
    Task<WhitelistPage> ListAsync(string? clientId, int size, string? continuation, CancellationToken cancellation);
}
