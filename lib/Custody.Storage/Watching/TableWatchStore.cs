using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Watching;

/// <summary>A chain's watcher in a partition: its cursor's row, and a row for each payment that is not deep enough, by height.</summary>
public sealed class TableWatchStore : IWatchStore
{
    private const string CursorKey = "cursor";
    private const string Mark = "Mark";

    private readonly TableClient _table;

    internal TableWatchStore(StorageClients clients) => _table = clients.Table("Watch");

    /// <inheritdoc />
    public async Task<WatchCursor?> LoadCursorAsync(ChainId chain, CancellationToken cancellation) =>
        await _table.FindAsync(Partition(chain), CursorKey, cancellation).ConfigureAwait(false) is { } row
            ? new WatchCursor(row.GetBinary("Content") ?? [], row.ETag.ToString())
            : null;

    /// <inheritdoc />
    public async Task<CommitOutcome> SaveCursorAsync(ChainId chain, WatchCursor cursor, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition(chain), CursorKey) { ["Content"] = cursor.Content.ToArray(), [Mark] = TableWrites.NewMark() };
        var outcome = cursor.Version is null
            ? await _table.InsertAsync(row, cancellation).ConfigureAwait(false)
            : await _table.ReplaceAsync(row, new ETag(cursor.Version), cancellation).ConfigureAwait(false);
        if (outcome == CommitOutcome.Committed)
        {
            return outcome;
        }

        var stored = await _table.FindAsync(row.PartitionKey, CursorKey, cancellation).ConfigureAwait(false);
        return stored?.GetString(Mark) == row.GetString(Mark) ? CommitOutcome.Committed : CommitOutcome.Conflict;
    }

    /// <inheritdoc />
    public Task AddPendingAsync(ChainId chain, PendingConfirmation pending, CancellationToken cancellation) =>
        _table.InsertAsync(
            new TableEntity(Partition(chain), RowKey(pending))
            {
                ["BlockNumber"] = pending.BlockNumber.ToString(CultureInfo.InvariantCulture),
                ["BlockHash"] = pending.BlockHash,
                ["TransactionId"] = pending.TransactionId,
                ["WithdrawalId"] = pending.WithdrawalId,
            },
            cancellation);

    /// <inheritdoc />
    public async IAsyncEnumerable<PendingConfirmation> PendingAsync(
        ChainId chain, ulong from, ulong to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // '.' separates the height from the rest and '/' is the character after it, so the range holds all of the last height.
        var (first, end) = (Height(from), Height(to) + "/");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(chain)} and RowKey ge {first} and RowKey lt {end}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ConfigureAwait(false))
        {
            yield return new PendingConfirmation(
                ulong.Parse(row.GetString("BlockNumber"), NumberStyles.None, CultureInfo.InvariantCulture),
                row.GetString("BlockHash"),
                row.GetString("TransactionId"),
                row.GetString("WithdrawalId"));
        }
    }

    /// <inheritdoc />
    public Task RemovePendingAsync(ChainId chain, PendingConfirmation pending, CancellationToken cancellation) =>
        _table.DeleteEntityAsync(Partition(chain), RowKey(pending), cancellationToken: cancellation);

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    private static string Partition(ChainId chain) => KeyText.Encode(chain.ToString());

    private static string Height(ulong block) => "pending-" + block.ToString("D20", CultureInfo.InvariantCulture);

    private static string RowKey(PendingConfirmation pending) =>
        $"{Height(pending.BlockNumber)}.{KeyText.Join(pending.BlockHash, pending.TransactionId)}";
}
