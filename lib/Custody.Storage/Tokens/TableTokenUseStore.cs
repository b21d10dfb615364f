using Azure.Data.Tables;
using Custody.Core.Encoding;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Tokens;

/// <summary>Used call tokens: a partition for each key, a row for each jti.</summary>
public sealed class TableTokenUseStore : ITokenUseStore
{
    // Hosts' clocks differ; a row that went early would let its token count again.
    private static readonly TimeSpan KeptBeyondExpiry = TimeSpan.FromHours(1);

    private readonly TableClient _table;

    internal TableTokenUseStore(StorageClients clients) => _table = clients.Table("TokenUses");

    /// <inheritdoc />
    public async Task<CommitOutcome> UseAsync(string keyId, string jti, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        // The jti is the caller's text, of any length; its digest is a key.
        var row = new TableEntity(KeyText.Encode(keyId), DomainDigest.Hex("custody/jti/v1", System.Text.Encoding.UTF8.GetBytes(jti)))
        {
            ["ExpiresAt"] = expiresAt,
            ["Mark"] = TableWrites.NewMark(),
        };
        if (await _table.InsertAsync(row, cancellation).ConfigureAwait(false) == CommitOutcome.Committed)
        {
            return CommitOutcome.Committed;
        }

        // Ours, when the first response was lost and the client library tried again.
        var stored = await _table.FindAsync(row.PartitionKey, row.RowKey, cancellation).ConfigureAwait(false);
        return stored?.GetString("Mark") == row.GetString("Mark") ? CommitOutcome.Committed : CommitOutcome.Conflict;
    }

    /// <summary>Deletes uses whose tokens expired an hour ago or more; returns how many.</summary>
    public async Task<int> PurgeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"ExpiresAt lt {now - KeptBeyondExpiry}");
        var expired = new List<TableEntity>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ConfigureAwait(false))
        {
            expired.Add(row);
        }

        var deleted = 0;
        foreach (var batch in expired.GroupBy(r => r.PartitionKey).SelectMany(p => p.Chunk(EntityLimits.MostActions)))
        {
            // A conflict means that another run purges the same rows: it does the work.
            var outcome = await _table.SubmitAsync([.. batch.Select(r => TableWrites.Delete(r.PartitionKey, r.RowKey, r.ETag))], cancellation).ConfigureAwait(false);
            deleted += outcome == CommitOutcome.Committed ? batch.Length : 0;
        }

        return deleted;
    }

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);
}
