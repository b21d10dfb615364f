using Azure.Data.Tables;
using Custody.Core.Alerts;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Alerts;

/// <summary>
/// Alerts in a table: one row for each dedupe key, inserted if absent, and before it a row in a list by day. A listed row
/// whose alert does not exist, or was raised at another time, is left over from a try and names nothing.
/// </summary>
public sealed class TableAlertOutbox : IAlertOutbox
{
    private const int LoadedAtOnce = 16;

    private readonly TableClient _table;

    internal TableAlertOutbox(StorageClients clients) => _table = clients.Table("Alerts");

    /// <inheritdoc />
    public async Task<bool> RaiseAsync(Alert alert, CancellationToken cancellation)
    {
        // Timers raise the same alert again and again; one read answers them. The insert decides all the same.
        if (await FindAsync(alert.DedupeKey, cancellation).ConfigureAwait(false) is not null)
        {
            return false;
        }

        var row = AlertRow.From(alert);
        var listed = AlertRow.Listed(alert);
        await _table.UpsertEntityAsync(listed, TableUpdateMode.Replace, cancellation).ConfigureAwait(false);
        if (await _table.InsertAsync(row, cancellation).ConfigureAwait(false) != CommitOutcome.Conflict)
        {
            return true;
        }

        if (await FindAsync(alert.DedupeKey, cancellation).ConfigureAwait(false) is not { } existing || existing.RaisedAt == alert.RaisedAt)
        {
            // Raised at the same time, it is this one: the insert was written, and its answer was lost.
            return true;
        }

        await _table.DeleteEntityAsync(listed.PartitionKey, listed.RowKey, cancellationToken: cancellation).ConfigureAwait(false);
        return false;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Alert>> ListAsync(int most, AlertChannel reader, CancellationToken cancellation)
    {
        var alerts = new List<Alert>();
        var rows = _table.QueryAsync<TableEntity>(AlertRow.Filter, Math.Clamp(most, 1, 1000), cancellationToken: cancellation);
        await foreach (var page in rows.AsPages().ConfigureAwait(false))
        {
            foreach (var chunk in page.Values.Chunk(LoadedAtOnce))
            {
                var found = await Task.WhenAll(chunk.Select(r => FindAsync(r.GetString("DedupeKey") ?? "", cancellation))).ConfigureAwait(false);
                alerts.AddRange(found.Zip(chunk).Where(p => p.First is { } a && IsFor(a, reader) && AlertRow.Listed(a).RowKey == p.Second.RowKey).Select(p => p.First!));
                if (alerts.Count >= most)
                {
                    return [.. alerts.Take(most)];
                }
            }
        }

        return alerts;
    }

    private static bool IsFor(Alert alert, AlertChannel reader) => reader == AlertChannel.Soc || (reader == AlertChannel.Operations && AlertCatalogue.Channel(alert.Code) == reader);

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    private async Task<Alert?> FindAsync(string dedupeKey, CancellationToken cancellation) =>
        await _table.FindAsync(AlertRow.Partition(dedupeKey), AlertRow.Key, cancellation).ConfigureAwait(false) is { } row ? AlertRow.Read(row) : null;
}
