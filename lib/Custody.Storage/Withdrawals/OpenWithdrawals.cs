using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Custody.Storage.Withdrawals;

/// <summary>
/// The withdrawals that have not ended, for the sweeper. A row is written before its withdrawal and removed after its end,
/// so none is missed. A row without a withdrawal stays: its creation may still be on its way, and removing it would lose it.
/// </summary>
internal sealed class OpenWithdrawals(TableClient table)
{
    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public Task AddAsync(string id, CancellationToken cancellation) =>
        table.UpsertEntityAsync(new TableEntity(Shard(id), id), TableUpdateMode.Replace, cancellation);

    public Task RemoveAsync(string id, CancellationToken cancellation) => table.DeleteEntityAsync(Shard(id), id, cancellationToken: cancellation);

    public async IAsyncEnumerable<string> AllAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.QueryAsync<TableEntity>(select: ["RowKey"], cancellationToken: cancellation).ConfigureAwait(false))
        {
            yield return row.RowKey;
        }
    }

    // The first hex digit of the id's digest: sixteen partitions that fill evenly.
    private static string Shard(string id) => id.Substring(1, 1);
}
