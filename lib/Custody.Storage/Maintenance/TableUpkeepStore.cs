using Azure;
using Azure.Data.Tables;
using Custody.Core.Maintenance;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Maintenance;

/// <summary>Orders of upkeep in a partition with a row for each, which is replaced by its ETag. They are few: governance caps them by the day.</summary>
public sealed class TableUpkeepStore : IUpkeepStore
{
    private const string Partition = "gapFill";
    private const string Content = "Content";
    private const string Open = "Open";
    private const string Mark = "Mark";

    private readonly TableClient _table;

    internal TableUpkeepStore(StorageClients clients) => _table = clients.Table("Maintenance");

    /// <inheritdoc />
    public async Task<StoredUpkeep?> LoadAsync(string id, CancellationToken cancellation) =>
        await _table.FindAsync(Partition, KeyText.Encode(id), cancellation).ConfigureAwait(false) is { } row ? Read(row) : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<StoredUpkeep>> ListAsync(bool open, int most, CancellationToken cancellation)
    {
        var filter = open
            ? TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and Open eq {true}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        var found = new List<StoredUpkeep>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ConfigureAwait(false))
        {
            found.Add(Read(row));
        }

        return [.. found.OrderByDescending(f => f.File.CreatedAt).Take(most)];
    }

    /// <inheritdoc />
    public async Task<CommitOutcome> SaveAsync(UpkeepFile file, string? version, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition, KeyText.Encode(file.Id))
        {
            [Open] = !file.HasEnded(),
            [Mark] = TableWrites.NewMark(),
        };
        JsonColumns.Write(row, Content, file);
        var outcome = version is null
            ? await _table.InsertAsync(row, cancellation).ConfigureAwait(false)
            : await _table.ReplaceAsync(row, new ETag(version), cancellation).ConfigureAwait(false);
        if (outcome == CommitOutcome.Committed)
        {
            return outcome;
        }

        var stored = await _table.FindAsync(row.PartitionKey, row.RowKey, cancellation).ConfigureAwait(false);
        return stored?.GetString(Mark) == row.GetString(Mark) ? CommitOutcome.Committed : CommitOutcome.Conflict;
    }

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    // The id follows from the order: a row can be no other fill's, and nothing that is no fill at all.
    private static StoredUpkeep Read(TableEntity row)
    {
        var file = JsonColumns.Read<UpkeepFile>(row, Content);
        return file.Id == file.Order.Id() && KeyText.Encode(file.Id) == row.RowKey
            ? new StoredUpkeep(file, row.ETag.ToString())
            : throw new InvalidDataException($"The row {row.RowKey} of {row.PartitionKey} belongs to another order.");
    }
}
