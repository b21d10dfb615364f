using Azure;
using Azure.Data.Tables;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>The Instances table.</summary>
internal sealed class InstanceStore(TableClient table, string hub)
{
    public Task CreateAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task<InstanceRecord?> FindAsync(string instanceId, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(instanceId, "", cancellationToken: cancellation).ConfigureAwait(false);
        return found.HasValue ? InstanceRow.Read(found.Value!) : null;
    }

    /// <summary>Inserts the row if there is none. False when there is one of another execution.</summary>
    public async Task<(bool Inserted, ETag ETag)> TryInsertAsync(InstanceRecord record, CancellationToken cancellation)
    {
        try
        {
            var answer = await table.AddEntityAsync(InstanceRow.Whole(record, hub), cancellation).ConfigureAwait(false);
            return (true, answer.Headers.ETag ?? default);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // The client library may have sent our own insert twice; then the row is ours.
            var there = await FindAsync(record.InstanceId, cancellation).ConfigureAwait(false);
            return (there?.ExecutionId == record.ExecutionId, there?.ETag ?? default);
        }
    }

    /// <summary>Puts a new start in an ended instance's place; false when the row has changed meanwhile.</summary>
    public async Task<(bool Replaced, ETag ETag)> TryReplaceAsync(InstanceRecord ended, InstanceRecord start, CancellationToken cancellation)
    {
        try
        {
            var answer = await table.UpdateEntityAsync(
                InstanceRow.Whole(start, hub), ended.ETag, TableUpdateMode.Replace, cancellation).ConfigureAwait(false);
            return (true, answer.Headers.ETag ?? default);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return (false, default);
        }
    }

    /// <summary>
    /// Brings the row from <paramref name="written"/> to <paramref name="wanted"/> and gives its new ETag. The history has already
    /// decided: a row that someone else has changed is brought in line with it, and one that is gone is written again.
    /// </summary>
    public async Task<ETag> UpdateAsync(InstanceRecord written, InstanceRecord wanted, CancellationToken cancellation)
    {
        try
        {
            var answer = await table.UpdateEntityAsync(
                InstanceRow.Changes(written, wanted), written.ETag, TableUpdateMode.Merge, cancellation).ConfigureAwait(false);
            return answer.Headers.ETag ?? default;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return await MendAsync(wanted, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The instances that have not ended.</summary>
    public async IAsyncEnumerable<InstanceRecord> LiveAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const string Filter = "RowKey eq '' and (RuntimeStatus eq 'Pending' or RuntimeStatus eq 'Running' or RuntimeStatus eq 'Suspended')";
        await foreach (var row in table.QueryAsync<TableEntity>(Filter, cancellationToken: cancellation).ConfigureAwait(false))
        {
            yield return InstanceRow.Read(row);
        }
    }

    public async Task<(IReadOnlyList<InstanceRecord> Records, string? Next)> PageAsync(
        string filter, int pageSize, string? continuation, CancellationToken cancellation)
    {
        var pages = table.QueryAsync<TableEntity>(filter, pageSize, cancellationToken: cancellation).AsPages(continuation, pageSize);
        await foreach (var page in pages.ConfigureAwait(false))
        {
            return ([.. page.Values.Select(InstanceRow.Read)], page.ContinuationToken);
        }

        return ([], null);
    }

    public async Task DeleteAsync(InstanceRecord record, CancellationToken cancellation) =>
        await table.DeleteEntityAsync(record.InstanceId, "", record.ETag, cancellation).ConfigureAwait(false);

    private async Task<ETag> MendAsync(InstanceRecord wanted, CancellationToken cancellation)
    {
        var there = await FindAsync(wanted.InstanceId, cancellation).ConfigureAwait(false);
        if (there is null)
        {
            var (inserted, etag) = await TryInsertAsync(wanted, cancellation).ConfigureAwait(false);
            return inserted ? etag : throw Contended(wanted);
        }

        var (replaced, tag) = await TryReplaceAsync(
            there, wanted with { Input = wanted.Input ?? there.Input, TraceParent = wanted.TraceParent ?? there.TraceParent }, cancellation)
            .ConfigureAwait(false);
        return replaced ? tag : throw Contended(wanted);
    }

    private static HubConflictException Contended(InstanceRecord wanted) =>
        new($"The Instances row of '{wanted.InstanceId}' is being changed by someone else.");
}
