using System.Globalization;
using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Deposits;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;
using Custody.Storage.Ledger;

namespace Custody.Storage.Deposits;

/// <summary>
/// Deposits in a partition for each chain, by height from above, a row for each, whose status is changed by its ETag. The postings
/// stand with the asset's others.
/// </summary>
public sealed class TableDepositStore : IDepositStore
{
    private const string Content = "Content";
    private const string Status = "Status";
    private const string SeenAt = "SeenAt";
    private const string ChangedAt = "ChangedAt";
    private const string Reversals = "Reversals";
    private const int KeyLength = 20 + 1 + 8 + 32;

    private readonly TableClient _table;
    private readonly TableClient _ledger;

    internal TableDepositStore(StorageClients clients) => (_table, _ledger) = (clients.Table("Deposits"), clients.Table("Ledger"));

    /// <inheritdoc />
    public async Task<bool> SeeAsync(Deposit deposit, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition(deposit.Asset.Chain), Key(deposit.BlockNumber, deposit.Id()))
        {
            [Status] = nameof(DepositStatus.Seen),
            [SeenAt] = now,
            [ChangedAt] = now,
        };
        JsonColumns.Write(row, Content, deposit);
        return await _table.InsertAsync(row, cancellation).ConfigureAwait(false) == CommitOutcome.Committed
            || await ChangeAsync(deposit.Asset.Chain, deposit.BlockNumber, deposit.Id(), DepositStatus.Orphaned, DepositStatus.Seen, now, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<bool> FinishAsync(ChainId chain, ulong blockNumber, string id, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await FindAsync(chain, blockNumber, id, cancellation).ConfigureAwait(false) is not { } row || Read(row) is not { Status: DepositStatus.Seen } found)
        {
            return false;
        }

        await PostAsync(found.Deposit, Posting.Of(found.Deposit), FirstLine(row), now, cancellation).ConfigureAwait(false);
        return await ChangeAsync(chain, blockNumber, id, DepositStatus.Seen, DepositStatus.Final, now, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<bool> OrphanAsync(ChainId chain, ulong blockNumber, string id, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await FindAsync(chain, blockNumber, id, cancellation).ConfigureAwait(false) is not { } row || Read(row) is not { Status: DepositStatus.Seen } found)
        {
            return false;
        }

        // Whoever posted it may have died before it was called final.
        var posted = Posting.Of(found.Deposit)[0].ToRow(KeyText.Encode(found.Deposit.Asset.ToString()), id, FirstLine(row), found.Deposit.TransactionId, now);
        var isPosted = await _ledger.FindAsync(posted.PartitionKey, posted.RowKey, cancellation).ConfigureAwait(false) is not null;
        if (isPosted)
        {
            await PostBackAsync(found.Deposit, FirstLine(row), now, cancellation).ConfigureAwait(false);
        }

        return await ChangeAsync(chain, blockNumber, id, DepositStatus.Seen, DepositStatus.Orphaned, now, cancellation, isPosted).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<bool> ReverseAsync(ChainId chain, ulong blockNumber, string id, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await FindAsync(chain, blockNumber, id, cancellation).ConfigureAwait(false) is not { } row || Read(row) is not { Status: DepositStatus.Final } found)
        {
            return false;
        }

        await PostBackAsync(found.Deposit, FirstLine(row), now, cancellation).ConfigureAwait(false);
        return await ChangeAsync(chain, blockNumber, id, DepositStatus.Final, DepositStatus.Orphaned, now, cancellation, isReversal: true).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task<DepositPage> ListAsync(ChainId chain, int size, string? continuation, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (continuation is not null && (continuation.Length != KeyLength || continuation[20] != '.' || !continuation.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')))
        {
            throw new FormatException("The continuation is none that a page returned.");
        }

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition(chain)} and RowKey gt {continuation ?? ""}");
        var items = new List<RecordedDeposit>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, maxPerPage: size, cancellationToken: cancellation).ConfigureAwait(false))
        {
            items.Add(Read(row));
            if (items.Count == size)
            {
                return new DepositPage(items, row.RowKey);
            }
        }

        return new DepositPage(items, null);
    }

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    private async Task<bool> ChangeAsync(
        ChainId chain, ulong blockNumber, string id, DepositStatus from, DepositStatus to, DateTimeOffset now, CancellationToken cancellation, bool isReversal = false)
    {
        if (await FindAsync(chain, blockNumber, id, cancellation).ConfigureAwait(false) is not { } row || Read(row).Status != from)
        {
            return false;
        }

        var read = row.ETag;
        (row[Status], row[ChangedAt]) = (to.ToString(), now);
        if (isReversal)
        {
            row[Reversals] = (row.GetInt32(Reversals) ?? 0) + 1;
        }

        return await _table.ReplaceAsync(row, read, cancellation).ConfigureAwait(false) == CommitOutcome.Committed;
    }

    // A posting and its reversal are four lines; final again it begins after them.
    private static int FirstLine(TableEntity row) => 4 * (row.GetInt32(Reversals) ?? 0);

    private Task PostBackAsync(Deposit deposit, int first, DateTimeOffset now, CancellationToken cancellation)
    {
        var postings = Posting.Of(deposit);
        return PostAsync(deposit, [.. postings.Select(p => p with { Debit = p.Credit, Credit = p.Debit })], first + postings.Count, now, cancellation);
    }

    // All lines or none, and a second run finds them.
    private Task PostAsync(Deposit deposit, IReadOnlyList<Posting> postings, int first, DateTimeOffset now, CancellationToken cancellation)
    {
        var partition = KeyText.Encode(deposit.Asset.ToString());
        return _ledger.SubmitAsync(
            [.. postings.Select((p, i) => TableWrites.Insert(p.ToRow(partition, deposit.Id(), first + i, deposit.TransactionId, now)))], cancellation);
    }

    private Task<TableEntity?> FindAsync(ChainId chain, ulong blockNumber, string id, CancellationToken cancellation) =>
        _table.FindAsync(Partition(chain), Key(blockNumber, id), cancellation);

    private static RecordedDeposit Read(TableEntity row) => new(
        JsonColumns.Read<Deposit>(row, Content),
        Enum.Parse<DepositStatus>(row.GetString(Status)),
        row.GetDateTimeOffset(SeenAt) ?? default,
        row.GetDateTimeOffset(ChangedAt) ?? default);

    private static string Partition(ChainId chain) => KeyText.Encode(chain.ToString());

    // From above, so that the newest come first.
    private static string Key(ulong blockNumber, string id) => $"{(ulong.MaxValue - blockNumber).ToString("D20", CultureInfo.InvariantCulture)}.{id}";
}
