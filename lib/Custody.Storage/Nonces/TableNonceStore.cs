using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Nonces;

/// <summary>
/// An account's nonces in a partition: a row that names the next one, a row for each nonce taken, one for each withdrawal
/// that has one, and one for each that was given back. Every change replaces the next one's row by its ETag, so changes of
/// one account happen one after another.
/// </summary>
public sealed class TableNonceStore : INonceStore
{
    // Sorts after "free-…" and before "nonce-…": one query reads the free ones and this.
    private const string NextKey = "next";
    private const string Nonce = "Nonce";

    // No nonce: too many are in flight.
    private const string Full = "";

    private readonly TableClient _table;
    private readonly StripedGate _gate = new();

    internal TableNonceStore(StorageClients clients) => _table = clients.Table("Nonces");

    /// <inheritdoc />
    public async Task<ulong?> TakeAsync(
        ChainId chain, EvmAddress account, string withdrawalId, ulong chainNonce, int maxInFlight, CancellationToken cancellation)
    {
        var partition = Partition(chain, account);
        var taken = await _gate.RunAsync(
            partition,
            () => OptimisticLoop.RunAsync("Taking a nonce", () => TryTakeAsync(partition, withdrawalId, chainNonce, maxInFlight, cancellation), cancellation),
            cancellation).ConfigureAwait(false);
        return taken == Full ? null : Read(taken);
    }

    /// <inheritdoc />
    public Task ReleaseAsync(ChainId chain, EvmAddress account, string withdrawalId, CancellationToken cancellation)
    {
        var partition = Partition(chain, account);
        return _gate.RunAsync(
            partition,
            () => OptimisticLoop.RunAsync("Giving back a nonce", () => TryReleaseAsync(partition, withdrawalId, cancellation), cancellation),
            cancellation);
    }

    /// <inheritdoc />
    public async Task<bool> TakeExactAsync(ChainId chain, EvmAddress account, string fillId, ulong nonce, CancellationToken cancellation)
    {
        var partition = Partition(chain, account);
        var taken = await _gate.RunAsync(
            partition,
            () => OptimisticLoop.RunAsync("Taking a nonce", () => TryTakeExactAsync(partition, fillId, Text(nonce), cancellation), cancellation),
            cancellation).ConfigureAwait(false);
        return taken == Text(nonce);
    }

    /// <inheritdoc />
    public Task SkipAsync(ChainId chain, EvmAddress account, ulong nonce, CancellationToken cancellation)
    {
        var partition = Partition(chain, account);
        return _gate.RunAsync(
            partition,
            () => OptimisticLoop.RunAsync("Skipping nonces", () => TrySkipAsync(partition, nonce, cancellation), cancellation),
            cancellation);
    }

    /// <inheritdoc />
    public async Task<string?> OwnerAsync(ChainId chain, EvmAddress account, ulong nonce, CancellationToken cancellation) =>
        (await _table.FindAsync(Partition(chain, account), NonceKey(Text(nonce)), cancellation).ConfigureAwait(false))?.GetString("WithdrawalId");

    /// <inheritdoc />
    public async Task<ulong?> NextAsync(ChainId chain, EvmAddress account, CancellationToken cancellation) =>
        await _table.FindAsync(Partition(chain, account), NextKey, cancellation).ConfigureAwait(false) is { } next ? Read(next.GetString(Nonce)) : null;

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    private async Task<string?> TryTakeAsync(string partition, string withdrawalId, ulong chainNonce, int maxInFlight, CancellationToken cancellation)
    {
        if (await OfAsync(partition, withdrawalId, cancellation).ConfigureAwait(false) is { } has)
        {
            return has;
        }

        // A free nonce below the chain's count was used up by something else, and is never given out.
        var (lowest, last) = (FreeKey(Text(chainNonce)), NextKey);
        TableEntity? free = null;
        TableEntity? next = null;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {lowest} and RowKey le {last}");
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ConfigureAwait(false))
        {
            next = row.RowKey == NextKey ? row : next;
            free = row.RowKey == NextKey ? free : free ?? row;
        }

        var nonce = free is not null ? free.GetString(Nonce) : Text(Math.Max(chainNonce, next is null ? 0 : Read(next.GetString(Nonce))));
        if (free is null && Read(nonce) - chainNonce >= (ulong)maxInFlight)
        {
            return Full;
        }

        var after = new TableEntity(partition, NextKey) { [Nonce] = free is not null ? next?.GetString(Nonce) ?? Text(chainNonce) : Text(Read(nonce) + 1) };
        List<TableTransactionAction> actions =
        [
            next is null ? TableWrites.Insert(after) : TableWrites.Replace(after, next.ETag),
            TableWrites.Insert(new TableEntity(partition, NonceKey(nonce)) { ["WithdrawalId"] = withdrawalId }),
            TableWrites.Insert(new TableEntity(partition, WithdrawalKey(withdrawalId)) { [Nonce] = nonce }),
        ];
        if (free is not null)
        {
            actions.Add(TableWrites.Delete(partition, free.RowKey, free.ETag));
        }

        return await _table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed ? nonce : null;
    }

    private async Task<string?> TryTakeExactAsync(string partition, string fillId, string nonce, CancellationToken cancellation)
    {
        // First the next one's row: its version guards all that is read after it.
        var next = await _table.FindAsync(partition, NextKey, cancellation).ConfigureAwait(false);
        if (await OfAsync(partition, fillId, cancellation).ConfigureAwait(false) is { } has)
        {
            return has;
        }

        if (next is null || Read(nonce) >= Read(next.GetString(Nonce))
            || await _table.FindAsync(partition, NonceKey(nonce), cancellation).ConfigureAwait(false) is not null)
        {
            return Full;
        }

        List<TableTransactionAction> actions =
        [
            TableWrites.Replace(new TableEntity(partition, NextKey) { [Nonce] = next.GetString(Nonce) }, next.ETag),
            TableWrites.Insert(new TableEntity(partition, NonceKey(nonce)) { ["WithdrawalId"] = fillId }),
            TableWrites.Insert(new TableEntity(partition, WithdrawalKey(fillId)) { [Nonce] = nonce }),
        ];
        if (await _table.FindAsync(partition, FreeKey(nonce), cancellation).ConfigureAwait(false) is { } free)
        {
            actions.Add(TableWrites.Delete(partition, free.RowKey, free.ETag));
        }

        return await _table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed ? nonce : null;
    }

    private async Task<string?> TrySkipAsync(string partition, ulong nonce, CancellationToken cancellation)
    {
        var next = await _table.FindAsync(partition, NextKey, cancellation).ConfigureAwait(false);
        if (next is not null && Read(next.GetString(Nonce)) >= nonce)
        {
            return Text(nonce);
        }

        var after = new TableEntity(partition, NextKey) { [Nonce] = Text(nonce) };
        List<TableTransactionAction> actions = [next is null ? TableWrites.Insert(after) : TableWrites.Replace(after, next.ETag)];
        return await _table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed ? Text(nonce) : null;
    }

    private async Task<string?> TryReleaseAsync(string partition, string withdrawalId, CancellationToken cancellation)
    {
        // First the next one's row, then the withdrawal's: the version of the first then guards what the second says.
        var next = await _table.FindAsync(partition, NextKey, cancellation).ConfigureAwait(false);
        var nonce = await OfAsync(partition, withdrawalId, cancellation).ConfigureAwait(false);
        if (nonce is null || next is null)
        {
            return "";
        }

        var outcome = await _table.SubmitAsync(
            [
                TableWrites.Replace(new TableEntity(partition, NextKey) { [Nonce] = next.GetString(Nonce) }, next.ETag),
                TableWrites.Delete(partition, NonceKey(nonce), ETag.All),
                TableWrites.Delete(partition, WithdrawalKey(withdrawalId), ETag.All),
                TableWrites.Insert(new TableEntity(partition, FreeKey(nonce)) { [Nonce] = nonce }),
            ],
            cancellation).ConfigureAwait(false);
        return outcome == CommitOutcome.Committed ? nonce : null;
    }

    private async Task<string?> OfAsync(string partition, string withdrawalId, CancellationToken cancellation) =>
        (await _table.FindAsync(partition, WithdrawalKey(withdrawalId), cancellation).ConfigureAwait(false))?.GetString(Nonce);

    private static string Partition(ChainId chain, EvmAddress account) => KeyText.Join(chain.ToString(), account.ToString());

    private static string Text(ulong nonce) => nonce.ToString(CultureInfo.InvariantCulture);

    private static ulong Read(string nonce) => ulong.Parse(nonce, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string FreeKey(string nonce) => "free-" + nonce.PadLeft(20, '0');

    private static string NonceKey(string nonce) => "nonce-" + nonce.PadLeft(20, '0');

    private static string WithdrawalKey(string id) => "withdrawal-" + KeyText.Encode(id);
}
