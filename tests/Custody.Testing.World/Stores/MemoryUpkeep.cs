using System.Collections.Concurrent;
using Custody.Core.Maintenance;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Testing.World;

public sealed class MemoryUpkeep(Effects effects) : IUpkeepStore
{
    public ConcurrentDictionary<string, UpkeepFile> Stored { get; } = new(StringComparer.Ordinal);

    public Task<StoredUpkeep?> LoadAsync(string id, CancellationToken cancellation) =>
        effects.RunAsync("fills.load", () => Stored.TryGetValue(id, out var file) ? new StoredUpkeep(file, "1") : null);

    public Task<IReadOnlyList<StoredUpkeep>> ListAsync(bool open, int most, CancellationToken cancellation) => effects.RunAsync<IReadOnlyList<StoredUpkeep>>(
        "fills.list", () => [.. Stored.Values.Where(f => !open || !f.HasEnded()).Take(most).Select(f => new StoredUpkeep(f, "1"))]);

    public Task<CommitOutcome> SaveAsync(UpkeepFile file, string? version, CancellationToken cancellation) => effects.RunAsync("fills.save", () =>
    {
        Stored[file.Id] = file;
        return CommitOutcome.Committed;
    });
}
