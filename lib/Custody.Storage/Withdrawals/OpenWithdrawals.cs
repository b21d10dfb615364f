using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Withdrawals;

/// <summary>
/// The withdrawals that have not ended, for the sweeper. A row is written before its withdrawal and removed after its end,
/// so none is missed. A row without a withdrawal stays: its creation may still be on its way, and removing it would lose it.
/// </summary>
internal sealed class OpenWithdrawals(TableClient table, TimeProvider time)
{
    private const string TouchedAt = "TouchedAt";
    private const string RestsUntil = "RestsUntil";
    private const string RestsUnder = "RestsUnder";

    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>Lists a withdrawal, or wakes one that rests.</summary>
    public Task TouchAsync(string id, CancellationToken cancellation) =>
        table.UpsertEntityAsync(new TableEntity(Shard(id), id) { [TouchedAt] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    /// <summary>Lets one rest, unless it was touched since it was read.</summary>
    public Task RestAsync(OpenWithdrawal read, DateTimeOffset until, string governanceDigest, CancellationToken cancellation) => table.ReplaceAsync(
        new TableEntity(Shard(read.Id), read.Id) { [TouchedAt] = read.TouchedAt, [RestsUntil] = until, [RestsUnder] = governanceDigest },
        new ETag(read.Version),
        cancellation);

    public Task RemoveAsync(string id, CancellationToken cancellation) => table.DeleteEntityAsync(Shard(id), id, cancellationToken: cancellation);

    public async IAsyncEnumerable<OpenWithdrawal> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: cancellation).ConfigureAwait(false))
        {
            // Columns of another type, as somebody's edit leaves them, are no reason to rest.
            var rests = row.TryGetValue(RestsUntil, out var until) && row.TryGetValue(RestsUnder, out var under) ? (until as DateTimeOffset?, under as string) : (null, null);
            var touched = row.TryGetValue(TouchedAt, out var at) && at is DateTimeOffset when ? when : time.GetUtcNow();
            yield return new OpenWithdrawal(row.RowKey, touched, row.ETag.ToString(), rests.Item1, rests.Item2);
        }
    }

    // The first hex digit of the id's digest: sixteen partitions that fill evenly.
    private static string Shard(string id) => id.Substring(1, 1);
}
