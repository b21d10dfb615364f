using Azure.Data.Tables;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;
using Custody.Storage.Withdrawals;

namespace Custody.Storage.Whitelisting;

/// <summary>
/// Whitelist entries' files in one table: a partition each, with the state's row and a row for each signed statement. A commit
/// is one entity-group transaction on the state's ETag.
/// </summary>
public sealed class TableWhitelistStore : IWhitelistStore
{
    private readonly TableClient _table;
    private readonly WhitelistIndex _index;
    private readonly OpenWithdrawals _open;

    internal TableWhitelistStore(StorageClients clients)
    {
        _table = clients.Table("Whitelist");
        _index = new WhitelistIndex(clients.Table("WhitelistIndex"));
        _open = new OpenWithdrawals(clients.Table("OpenWhitelist"));
    }

    /// <inheritdoc />
    public async Task<WhitelistFile?> LoadAsync(string key, CancellationToken cancellation)
    {
        TableEntity? state = null;
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ConfigureAwait(false))
        {
            if (row.RowKey == WhitelistRow.Key)
            {
                state = row;
            }
            else if (row.RowKey.StartsWith(WhitelistRow.DocumentPrefix, StringComparison.Ordinal))
            {
                documents[row.RowKey[WhitelistRow.DocumentPrefix.Length..]] = WhitelistRow.ReadDocument(row);
            }
        }

        return state is null ? null : new WhitelistFile(WhitelistRow.Read(state), documents, state.ETag.ToString());
    }

    /// <inheritdoc />
    public async Task<CommitOutcome> CreateAsync(WhitelistState first, IReadOnlyDictionary<string, string> documents, CancellationToken cancellation)
    {
        await Task.WhenAll(_index.AddAsync(first, cancellation), first.Status.IsOpen() ? _open.AddAsync(first.Key, cancellation) : Task.CompletedTask).ConfigureAwait(false);
        return await WriteAsync(TableWrites.Insert(WhitelistRow.From(first)), first.Key, documents, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<CommitOutcome> CommitAsync(
        WhitelistFile read, WhitelistState next, IReadOnlyDictionary<string, string> added, CancellationToken cancellation)
    {
        if (next.Key != read.State.Key)
        {
            throw new ArgumentException($"The change is of {next.Key}, the file of {read.State.Key}.", nameof(next));
        }

        // Listed before it is open again, and taken off only after it is not: none is missed.
        if (next.Status.IsOpen() && !read.State.Status.IsOpen())
        {
            await _open.AddAsync(next.Key, cancellation).ConfigureAwait(false);
        }

        var outcome = await WriteAsync(TableWrites.Replace(WhitelistRow.From(next), new Azure.ETag(read.Version)), next.Key, added, cancellation).ConfigureAwait(false);
        if (outcome == CommitOutcome.Committed && !next.Status.IsOpen())
        {
            await _open.RemoveAsync(next.Key, cancellation).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <inheritdoc />
    public IAsyncEnumerable<string> OpenAsync(CancellationToken cancellation) => _open.AllAsync(cancellation);

    /// <inheritdoc />
    public async Task CloseAsync(string key, CancellationToken cancellation)
    {
        if (await FindAsync(key, cancellation).ConfigureAwait(false) is { } state && !state.Status.IsOpen())
        {
            await _open.RemoveAsync(key, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public async Task<WhitelistPage> ListAsync(string? clientId, int size, string? continuation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var after = continuation is null || WhitelistIndex.IsRowKey(continuation) ? continuation ?? "" : throw new FormatException("The continuation is none that a page returned.");
        var keys = await _index.AfterAsync(clientId, after, size, cancellation).ConfigureAwait(false);
        var items = new List<WhitelistState>();
        foreach (var batch in keys.Chunk(16))
        {
            var states = await Task.WhenAll(batch.Select(k => FindAsync(WhitelistIndex.Key(k), cancellation))).ConfigureAwait(false);
            items.AddRange(states.OfType<WhitelistState>().Where(s => clientId is null || s.ClientId == clientId));
        }

        return new WhitelistPage(items, keys.Count == size ? keys[^1] : null);
    }

    internal Task CreateTablesAsync(CancellationToken cancellation) => Task.WhenAll(
        _table.CreateIfNotExistsAsync(cancellation), _index.CreateTableAsync(cancellation), _open.CreateTableAsync(cancellation));

    private async Task<WhitelistState?> FindAsync(string key, CancellationToken cancellation) =>
        await _table.FindAsync(key, WhitelistRow.Key, cancellation).ConfigureAwait(false) is { } row ? WhitelistRow.Read(row) : null;

    private Task<CommitOutcome> WriteAsync(TableTransactionAction state, string key, IReadOnlyDictionary<string, string> documents, CancellationToken cancellation) =>
        _table.SubmitAsync([state, .. documents.Select(d => TableWrites.Insert(WhitelistRow.Document(key, d.Key, d.Value)))], cancellation);
}
