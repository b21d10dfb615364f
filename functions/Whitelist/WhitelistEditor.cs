using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Whitelist;

/// <summary>Changes entries' files: reads, decides on what was read, commits conditionally, and begins again when somebody else was faster.</summary>
public sealed class WhitelistEditor(IWhitelistStore store, TimeProvider time)
{
    private const int MaxTries = 50;

    private static readonly Dictionary<string, string> NoDocuments = [];

    /// <summary>
    /// Edits until the commit succeeds or <paramref name="decide"/> returns null for "nothing to change". Returns the file
    /// afterwards; null when there is none.
    /// </summary>
    public async Task<WhitelistFile?> EditAsync(string key, Func<WhitelistFile, WhitelistChange?> decide, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await store.LoadAsync(key, cancellation) is not { } file)
            {
                return null;
            }

            if (decide(file) is not { } change)
            {
                return file;
            }

            var next = change.Next with { UpdatedAt = time.GetUtcNow() };
            if (await store.CommitAsync(file, next, change.Documents ?? NoDocuments, cancellation) == CommitOutcome.Committed)
            {
                return await store.LoadAsync(key, cancellation);
            }
        }

        throw new InvalidOperationException($"The whitelist entry {key} changed {MaxTries} times while it was being changed.");
    }

    /// <summary>Moves an entry to a status that may follow, and leaves one alone whose status it may not follow.</summary>
    public Task<WhitelistFile?> MoveAsync(string key, WhitelistStatus next, Func<WhitelistState, WhitelistState> with, CancellationToken cancellation) => EditAsync(
        key,
        file => file.State.Status == next || !file.State.Status.CanBecome(next) ? null : new WhitelistChange(with(file.State.Become(next))),
        cancellation);

    /// <summary>Reads a file that must be there.</summary>
    public async Task<WhitelistFile> RequireAsync(string key, CancellationToken cancellation) =>
        await store.LoadAsync(key, cancellation) ?? throw new InvalidOperationException($"There is no whitelist entry {key}.");
}
