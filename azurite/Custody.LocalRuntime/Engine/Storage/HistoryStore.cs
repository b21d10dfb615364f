using Azure;
using Azure.Data.Tables;
using Custody.LocalRuntime.Engine.History;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>
/// The history table. Every commit carries the sentinel's ETag: that, and not the lease, is what keeps two hosts
/// from both moving an instance on.
/// </summary>
internal sealed class HistoryStore(TableClient table, PayloadBlobs blobs, TimeProvider time)
{
    private const string SentinelKey = "sentinel";

    public Task CreateAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task<StoredHistory> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        TableEntity? sentinel = null;
        await foreach (var row in OfInstance(instanceId, null, cancellation).ConfigureAwait(false))
        {
            if (row.RowKey == SentinelKey)
            {
                sentinel = row;
            }
            else
            {
                rows.Add(row);
            }
        }

        return sentinel is null
            ? new StoredHistory(null, null, [], 0, [], rows.Count == 0 ? null : "The history's sentinel row is missing.")
            : await ReadAsync(sentinel, rows, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the rows of a checkpoint that was never completed. The episode that runs instead may be shorter, and what
    /// it did not overwrite would be taken for history. The last rows go first, so that being cut off again changes nothing.
    /// </summary>
    public async Task<StoredHistory> TrimAsync(string instanceId, StoredHistory stored, CancellationToken cancellation)
    {
        var left = stored.CutOff.Reverse().ToList();
        var sentinel = stored.Sentinel;
        while (left.Count > 0)
        {
            var batch = left.Take(CommitBatches.MaxRows).ToList();
            left.RemoveRange(0, batch.Count);
            sentinel = await SubmitAsync(
                batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag)),
                Sentinel(instanceId, stored.ExecutionId!, complete: left.Count == 0), sentinel, cancellation).ConfigureAwait(false);
        }

        return stored with { Sentinel = sentinel, CutOff = [] };
    }

    /// <summary>Writes one checkpoint and gives the sentinel's new ETag; throws <see cref="HubConflictException"/> when it has moved.</summary>
    public async Task<ETag> CommitAsync(string instanceId, string executionId, ETag? sentinel, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>(checkpoint.Events.Count);
        foreach (var e in checkpoint.Events)
        {
            var row = HistoryRowWriter.Write(instanceId, executionId, checkpoint.FirstOrdinal + rows.Count, e);
            await blobs.SpillAsync(row, cancellation).ConfigureAwait(false);
            rows.Add(row);
        }

        var written = 0;
        foreach (var batch in CommitBatches.Split(rows, checkpoint.MustFitFirst))
        {
            written += batch.Count;
            var complete = written == rows.Count || written == checkpoint.MustFitFirst;
            sentinel = await SubmitAsync(
                batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                Sentinel(instanceId, executionId, complete), sentinel, cancellation).ConfigureAwait(false);
        }

        return sentinel ?? throw new InvalidOperationException("A checkpoint without rows was committed.");
    }

    /// <summary>The failure that an ended execution's history records.</summary>
    public async Task<HistoryEvent.ExecutionCompleted?> FindEndAsync(string instanceId, string executionId, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"EventType eq 'ExecutionCompleted' and ExecutionId eq {executionId}");
        await foreach (var row in OfInstance(instanceId, filter, cancellation).ConfigureAwait(false))
        {
            await blobs.RestoreAsync(row, cancellation).ConfigureAwait(false);
            return (HistoryEvent.ExecutionCompleted)HistoryRowReader.Read(row);
        }

        return null;
    }

    /// <summary>Deletes all rows; the sentinel, which sorts last, goes last.</summary>
    public async Task PurgeAsync(string instanceId, CancellationToken cancellation)
    {
        var deletes = new List<TableTransactionAction>();
        await foreach (var row in OfInstance(instanceId, null, cancellation).ConfigureAwait(false))
        {
            deletes.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, row.ETag));
        }

        foreach (var batch in deletes.Chunk(100))
        {
            await table.SubmitTransactionAsync(batch, cancellation).ConfigureAwait(false);
        }
    }

    private AsyncPageable<TableEntity> OfInstance(string instanceId, string? filter, CancellationToken cancellation)
    {
        var partition = TableClient.CreateQueryFilter($"PartitionKey eq {instanceId}");
        return table.QueryAsync<TableEntity>(filter is null ? partition : $"{partition} and {filter}", 1000, cancellationToken: cancellation);
    }

    private async Task<StoredHistory> ReadAsync(TableEntity sentinel, List<TableEntity> rows, CancellationToken cancellation)
    {
        var executionId = sentinel.GetString("ExecutionId");
        var events = new List<HistoryEvent>(rows.Count);
        string? damage = null;
        try
        {
            // Rows beyond the first of another execution are left over from before a ContinueAsNew or a new start.
            foreach (var row in rows.TakeWhile(r => r.GetString("ExecutionId") == executionId))
            {
                if (row.RowKey != HistoryRowWriter.RowKey(events.Count))
                {
                    throw new HistoryUnreadableException($"Row {HistoryRowWriter.RowKey(events.Count)} is missing.");
                }

                await blobs.RestoreAsync(row, cancellation).ConfigureAwait(false);
                events.Add(HistoryRowReader.Read(row));
            }
        }
        catch (Exception e) when (e is HistoryUnreadableException or InvalidOperationException or InvalidCastException)
        {
            damage = e.Message;
        }

        var end = events.FindLastIndex(e => e is HistoryEvent.OrchestratorCompleted) + 1;
        List<TableEntity> cutOff = [];
        if (sentinel.GetBoolean("IsCheckpointComplete") != true)
        {
            cutOff = rows[end..events.Count];
            events.RemoveRange(end, events.Count - end);
        }
        else if (end < events.Count)
        {
            damage ??= $"Row {HistoryRowWriter.RowKey(end)} follows the last checkpoint, though that is complete.";
        }

        // A damaged history is not overwritten: what is wrong with it must stay to be seen.
        return new StoredHistory(executionId, sentinel.ETag, events, damage is null ? events.Count : rows.Count, cutOff, damage);
    }

    private async Task<ETag> SubmitAsync(
        IEnumerable<TableTransactionAction> rows, TableEntity sentinelRow, ETag? sentinel, CancellationToken cancellation)
    {
        var actions = rows.ToList();
        actions.Add(sentinel is { } known
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, sentinelRow, known)
            : new TableTransactionAction(TableTransactionActionType.Add, sentinelRow));
        try
        {
            var answer = await table.SubmitTransactionAsync(actions, cancellation).ConfigureAwait(false);
            return answer.Value[^1].Headers.ETag ?? throw new HubConflictException("The table service gave the sentinel no ETag.");
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412 or 404)
        {
            throw new HubConflictException(
                $"The history of instance '{sentinelRow.PartitionKey}' was changed by someone else ({e.ErrorCode}).", e);
        }
    }

    private TableEntity Sentinel(string instanceId, string executionId, bool complete) => new(instanceId, SentinelKey)
    {
        ["ExecutionId"] = executionId,
        ["IsCheckpointComplete"] = complete,
        ["CheckpointCompletedTimestamp"] = time.GetUtcNow(),
    };
}
