using Custody.Core.Maintenance;
using Custody.Core.Withdrawals;

namespace Custody.Core.Storage;

/// <summary>The files of what operators ordered for the upkeep of vaults.</summary>
public interface IUpkeepStore
{
    /// <summary>A file; null when there is none.</summary>
    Task<StoredUpkeep?> LoadAsync(string id, CancellationToken cancellation);

    /// <summary>Every file, the newest first, at most <paramref name="most"/>; with <paramref name="open"/> only those that have not ended.</summary>
    Task<IReadOnlyList<StoredUpkeep>> ListAsync(bool open, int most, CancellationToken cancellation);

    /// <summary>Writes a file where nobody wrote since <paramref name="version"/> was read; null: where there is none.</summary>
    Task<CommitOutcome> SaveAsync(UpkeepFile file, string? version, CancellationToken cancellation);
}

/// <summary>A file and the version that it was read at.</summary>
/// <param name="File">The file.</param>
/// <param name="Version">What to save it at.</param>
public sealed record StoredUpkeep(UpkeepFile File, string Version);
