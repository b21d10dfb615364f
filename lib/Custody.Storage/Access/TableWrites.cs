using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Custody.Core.Withdrawals;

namespace Custody.Storage.Access;

/// <summary>
/// Conditional writes and point reads. A lost race is a value; every other failure throws. The client library tries again
/// after a lost response, and a write that had been applied then looks like somebody else's: whoever gets
/// <see cref="CommitOutcome.Conflict"/> looks for its own mark before it believes that.
/// </summary>
internal static class TableWrites
{
    public static async Task<CommitOutcome> SubmitAsync(
        this TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation)
    {
        EntityLimits.Check(actions);
        return await RaceAsync(() => table.SubmitTransactionAsync(actions, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Inserts a row if there is none.</summary>
    public static async Task<CommitOutcome> InsertAsync(this TableClient table, TableEntity row, CancellationToken cancellation)
    {
        EntityLimits.Check(row);
        return await RaceAsync(() => table.AddEntityAsync(row, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Replaces a row as it was read.</summary>
    public static async Task<CommitOutcome> ReplaceAsync(this TableClient table, TableEntity row, ETag read, CancellationToken cancellation)
    {
        EntityLimits.Check(row);
        return await RaceAsync(() => table.UpdateEntityAsync(row, read, TableUpdateMode.Replace, cancellation)).ConfigureAwait(false);
    }

    /// <summary>Reads a row; null when there is none.</summary>
    public static async Task<TableEntity?> FindAsync(this TableClient table, string partition, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation).ConfigureAwait(false);
        return found.HasValue ? found.Value : null;
    }

    public static TableTransactionAction Insert(TableEntity row) => new(TableTransactionActionType.Add, row);

    public static TableTransactionAction Replace(TableEntity row, ETag read) => new(TableTransactionActionType.UpdateReplace, row, read);

    public static TableTransactionAction Delete(string partition, string row, ETag read) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, row), read);

    /// <summary>A mark by which a writer knows its own write again.</summary>
    public static string NewMark() => Guid.NewGuid().ToString("N");

    private static async Task<CommitOutcome> RaceAsync(Func<Task> write)
    {
        try
        {
            await write().ConfigureAwait(false);
            return CommitOutcome.Committed;
        }
        catch (RequestFailedException refused) when (LostRace(refused))
        {
            return CommitOutcome.Conflict;
        }
    }

    // A missing table is a 404 too, and is no race.
    private static bool LostRace(RequestFailedException refused) =>
        refused.Status == 412
        || refused.ErrorCode == TableErrorCode.EntityAlreadyExists
        || refused.ErrorCode == TableErrorCode.ResourceNotFound
        || refused.ErrorCode == TableErrorCode.EntityNotFound;
}
