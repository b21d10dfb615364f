using Azure.Data.Tables;
using Custody.Core.Audit;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;
using Custody.Storage.Audit;

namespace Custody.Storage.Withdrawals;

/// <summary>
/// Withdrawal files in one table: a partition each, with the state's row, a row for each document and one for each audit
/// record. A commit is one entity-group transaction on the state's ETag.
/// </summary>
public sealed class TableWithdrawalStore : IWithdrawalStore
{
    // With a status filter few of many may match; a page then ends early, with a continuation.
    private const int MostExamined = 500;
    private const int LoadedAtOnce = 16;

    private readonly TableClient _table;
    private readonly WithdrawalIndex _index;
    private readonly OpenWithdrawals _open;
    private readonly TimeProvider _time;

    internal TableWithdrawalStore(StorageClients clients, TimeProvider time)
    {
        _table = clients.Table("Withdrawals");
        _index = new WithdrawalIndex(clients.Table("WithdrawalIndex"));
        _open = new OpenWithdrawals(clients.Table("OpenWithdrawals"), time);
        _time = time;
    }

    /// <inheritdoc />
    public async Task<WithdrawalCase?> LoadAsync(string id, CancellationToken cancellation)
    {
        // One page is a snapshot. Several are not: then the version at the end must be the one at the end of the reading
        // before, so that nobody wrote while this one ran.
        for (string? before = null; ;)
        {
            var (read, pages) = await ReadAsync(id, cancellation).ConfigureAwait(false);
            if (pages <= 1 || read is null || read.Version == before)
            {
                return read;
            }

            before = read.Version;
        }
    }

    /// <inheritdoc />
    public async Task<CommitOutcome> CreateAsync(CaseChange first, CancellationToken cancellation)
    {
        var state = first.Next;
        await Task.WhenAll(_index.AddAsync(state, cancellation), _open.TouchAsync(state.Id, cancellation)).ConfigureAwait(false);
        var outcome = await WriteAsync(state with { AuditSequence = 0, AuditHead = "" }, first, null, cancellation).ConfigureAwait(false);
        if (outcome == CommitOutcome.Conflict)
        {
            await TidyAsync(state, cancellation).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <inheritdoc />
    public async Task<CommitOutcome> CommitAsync(WithdrawalCase read, CaseChange change, CancellationToken cancellation)
    {
        if (change.Next.Id != read.State.Id)
        {
            throw new ArgumentException($"The change is of {change.Next.Id}, the file of {read.State.Id}.", nameof(change));
        }

        // Only what waits for approval rests; what ends it, or is a vote, must find the sweeper looking again, whoever dies after.
        var mustBeSeen = change.Documents.Count > 0 || change.Next.Status != read.State.Status;
        if (read.State.Status == WithdrawalStatus.AwaitingApproval && mustBeSeen && !change.Next.Status.IsEnd())
        {
            await _open.TouchAsync(change.Next.Id, cancellation).ConfigureAwait(false);
        }

        var outcome = await WriteAsync(read.State, change, read.Version, cancellation).ConfigureAwait(false);
        if (outcome == CommitOutcome.Committed && change.Next.Status.IsEnd())
        {
            await _open.RemoveAsync(change.Next.Id, cancellation).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <summary>
    /// Takes a withdrawal that has ended out of <see cref="OpenAsync"/>; one that has not ended, or does not exist, stays.
    /// For the sweeper: a crash between the last commit and its own clean-up leaves the row.
    /// </summary>
    public async Task CloseAsync(string id, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation).ConfigureAwait(false) is { } state && state.Status.IsEnd())
        {
            await _open.RemoveAsync(id, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<OpenWithdrawal> OpenAsync(CancellationToken cancellation) => _open.AllAsync(cancellation);

    /// <inheritdoc />
    public Task RestAsync(OpenWithdrawal read, DateTimeOffset until, string governanceDigest, CancellationToken cancellation) =>
        _open.RestAsync(read, until, governanceDigest, cancellation);

    /// <summary>
    /// As the interface says. With a status filter a page may hold fewer than were asked for, even none, and still have a
    /// continuation: the number of withdrawals looked at for one page is bounded.
    /// </summary>
    public async Task<WithdrawalPage> ListAsync(
        string? clientId, WithdrawalStatus? status, int size, string? continuation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var items = new List<WithdrawalState>();
        var after = continuation is null || WithdrawalIndex.IsRowKey(continuation) ? continuation ?? "" : throw new FormatException("The continuation is none that a page returned.");
        for (var examined = 0; examined < MostExamined;)
        {
            var keys = await _index.AfterAsync(clientId, after, LoadedAtOnce, cancellation).ConfigureAwait(false);
            var states = await Task.WhenAll(keys.Select(k => FindAsync(WithdrawalIndex.WithdrawalId(k), cancellation))).ConfigureAwait(false);
            for (var i = 0; i < keys.Count; i++)
            {
                after = keys[i];
                if (states[i] is { } state && WithdrawalIndex.RowKey(state) == after && (status is null || state.Status == status)
                    && (clientId is null || state.ClientId == clientId))
                {
                    items.Add(state);
                    if (items.Count == size)
                    {
                        return new WithdrawalPage(items, after);
                    }
                }
            }

            if (keys.Count < LoadedAtOnce)
            {
                return new WithdrawalPage(items, null);
            }

            examined += keys.Count;
        }

        return new WithdrawalPage(items, after);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditRecord>> AuditAsync(string id, CancellationToken cancellation) => AuditRow.OfAsync(_table, id, cancellation);

    internal Task CreateTablesAsync(CancellationToken cancellation) => Task.WhenAll(
        _table.CreateIfNotExistsAsync(cancellation), _index.CreateTableAsync(cancellation), _open.CreateTableAsync(cancellation));

    private async Task<WithdrawalState?> FindAsync(string id, CancellationToken cancellation) =>
        await _table.FindAsync(id, StateRow.Key, cancellation).ConfigureAwait(false) is { } row ? StateRow.Read(row) : null;

    private async Task<(WithdrawalCase? Case, int Pages)> ReadAsync(string id, CancellationToken cancellation)
    {
        // Audit rows sort before documents, and documents before the state.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {id} and RowKey ge {DocumentRow.Prefix}");
        var documents = new Dictionary<string, CaseDocument>(StringComparer.Ordinal);
        TableEntity? state = null;
        var pages = 0;
        await foreach (var page in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).AsPages().ConfigureAwait(false))
        {
            pages++;
            foreach (var row in page.Values)
            {
                if (row.RowKey == StateRow.Key)
                {
                    state = row;
                }
                else if (row.RowKey.StartsWith(DocumentRow.Prefix, StringComparison.Ordinal))
                {
                    var document = DocumentRow.Read(row);
                    documents.Add(document.Name, document);
                }
            }
        }

        return (state is null ? null : new WithdrawalCase(StateRow.Read(state), documents, state.ETag.ToString()), pages);
    }

    private async Task<CommitOutcome> WriteAsync(WithdrawalState from, CaseChange change, string? version, CancellationToken cancellation)
    {
        if (change.Events.Count == 0)
        {
            throw new ArgumentException("A change without an event would leave no evidence.", nameof(change));
        }

        var id = change.Next.Id;
        var mark = TableWrites.NewMark();
        var records = AuditChain.Extend(id, from.AuditSequence, from.AuditHead, _time.GetUtcNow(), change.Events);
        var row = StateRow.From(change.Next with { AuditSequence = records[^1].Sequence, AuditHead = records[^1].Hash() });
        List<TableTransactionAction> actions =
        [
            version is null ? TableWrites.Insert(row) : TableWrites.Replace(row, new Azure.ETag(version)),
            .. change.Documents.Select(d => TableWrites.Insert(DocumentRow.From(id, d))),
            .. records.Select(r => TableWrites.Insert(AuditRow.From(id, r, mark))),
        ];
        return await _table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed
            || await AuditRow.IsOursAsync(_table, id, records[0].Sequence, mark, cancellation).ConfigureAwait(false)
            ? CommitOutcome.Committed
            : CommitOutcome.Conflict;
    }

    // The file was there before: index rows of this try that are not the file's own name nothing, and an ended one is not open.
    private async Task TidyAsync(WithdrawalState tried, CancellationToken cancellation)
    {
        if (await FindAsync(tried.Id, cancellation).ConfigureAwait(false) is not { } existing)
        {
            return;
        }

        if (WithdrawalIndex.RowKey(existing) != WithdrawalIndex.RowKey(tried))
        {
            await _index.RemoveAsync(tried, cancellation).ConfigureAwait(false);
        }

        if (existing.Status.IsEnd())
        {
            await _open.RemoveAsync(tried.Id, cancellation).ConfigureAwait(false);
        }
    }
}
