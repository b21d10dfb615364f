using System.Collections.Concurrent;
using Custody.Core.Maintenance;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;

namespace Custody.Testing.World;

public sealed class MemoryGapFills(Effects effects) : IGapFillStore
{
    public ConcurrentDictionary<string, GapFillFile> Stored { get; } = new(StringComparer.Ordinal);

    public Task<StoredGapFill?> LoadAsync(string id, CancellationToken cancellation) =>
        effects.RunAsync("fills.load", () => Stored.TryGetValue(id, out var file) ? new StoredGapFill(file, "1") : null);

    public Task<IReadOnlyList<StoredGapFill>> ListAsync(bool open, int most, CancellationToken cancellation) => effects.RunAsync<IReadOnlyList<StoredGapFill>>(
        "fills.list", () => [.. Stored.Values.Where(f => !open || f.Status is not (GapFillStatus.Filled or GapFillStatus.Refused)).Take(most).Select(f => new StoredGapFill(f, "1"))]);

    public Task<CommitOutcome> SaveAsync(GapFillFile file, string? version, CancellationToken cancellation) => effects.RunAsync("fills.save", () =>
    {
        Stored[file.Id] = file;
        return CommitOutcome.Committed;
    });
}
