using System.Globalization;
using System.Numerics;
using Azure;
using Azure.Data.Tables;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// Sliding windows, a partition each. A withdrawal counts from its reservation until it is released, or until it was
/// settled longer ago than the window is long. Counting an open one however old it is keeps the limit true at the time of
/// payment: what waits may be paid at any moment. The head's running total saves reading a window's rows; settled rows
/// that left the window are taken out of it, some with each reservation, oldest first.
/// </summary>
internal sealed class VelocityWindows(TableClient table)
{
    private const string SettledPrefix = "settled-";
    private const string WithdrawalId = "WithdrawalId";

    // Two rows each, and the head and the new row must fit into the batch too.
    private const int MostPruned = 45;

    private readonly StripedGate _gate = new();

    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public Task<HoldOutcome> ReserveAsync(ReservedWindow window, Reservation reservation, string taker, DateTimeOffset now, CancellationToken cancellation)
    {
        var partition = Partition(window);
        return _gate.RunAsync(
            partition,
            () => OptimisticLoop.RunAsync($"Window {partition}", () => TryReserveAsync(partition, window, reservation, taker, now, cancellation), cancellation),
            cancellation);
    }

    /// <summary>Gives back what is open; with a <paramref name="taker"/> only what that run took.</summary>
    public Task ReleaseAsync(ReservedWindow window, string withdrawalId, string? taker, CancellationToken cancellation)
    {
        var partition = Partition(window);
        return _gate.RunAsync(
            partition,
            () => OptimisticLoop.RunAsync($"Window {partition}", () => TryReleaseAsync(partition, withdrawalId, taker, cancellation), cancellation),
            cancellation);
    }

    /// <summary>From now on the window counts the withdrawal by the time of its settlement. Again with the same time does nothing.</summary>
    public Task SettleAsync(ReservedWindow window, Reservation reservation, DateTimeOffset settledAt, CancellationToken cancellation)
    {
        var partition = Partition(window);
        var settled = new TableEntity(partition, $"{Settled(settledAt.UtcTicks)}.{KeyText.Encode(reservation.WithdrawalId)}") { [WithdrawalId] = reservation.WithdrawalId };

        // A conflict says that it was settled before, or was never counted here: both leave nothing to do.
        return table.SubmitAsync(
            [
                TableWrites.Insert(settled),
                TableWrites.Replace(HeldRow.Closed(partition, reservation.WithdrawalId, Amount(window, reservation)), ETag.All),
            ],
            cancellation);
    }

    private async Task<HoldOutcome?> TryReserveAsync(
        string partition, ReservedWindow window, Reservation reservation, string taker, DateTimeOffset now, CancellationToken cancellation)
    {
        var (head, expired) = await HeadAndExpiredAsync(partition, now.AddSeconds(-window.Limit.WindowSeconds), cancellation).ConfigureAwait(false);
        var gone = expired.Select(r => r.GetString(WithdrawalId)).ToList();
        var pruned = await Task.WhenAll(gone.Select(id => table.FindAsync(partition, HeldRow.Key(id), cancellation))).ConfigureAwait(false);
        var used = pruned.OfType<TableEntity>().Aggregate(HeldRow.Total(head), (sum, row) => sum - HeldRow.Amount(row));
        var limit = window.Limit.Asset == reservation.Asset ? window.Limit : null;
        var verdict = LimitRule.Check(limit, window.Limit.Scope, reservation.Asset, used, Amount(window, reservation));
        if (!verdict.IsAllowed && expired.Count < MostPruned)
        {
            return await FindOwnAsync(partition, reservation.WithdrawalId, taker, cancellation).ConfigureAwait(false) ?? HoldOutcome.Refused(verdict);
        }

        List<TableTransactionAction> actions =
        [
            .. expired.Select(r => TableWrites.Delete(partition, r.RowKey, r.ETag)),
            .. pruned.OfType<TableEntity>().Select(r => TableWrites.Delete(partition, r.RowKey, r.ETag)),
        ];
        if (!verdict.IsAllowed)
        {
            // More may have left the window than one batch takes out: take these out, then look again.
            actions.Add(HeldRow.Move(partition, head, used));
            await table.SubmitAsync(actions, cancellation).ConfigureAwait(false);
            return null;
        }

        actions.Add(HeldRow.Move(partition, head, used + Amount(window, reservation)));
        actions.Add(TableWrites.Insert(HeldRow.Taken(partition, reservation.WithdrawalId, Amount(window, reservation), taker)));
        return await table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed
            ? HoldOutcome.TakenNow
            : await FindOwnAsync(partition, reservation.WithdrawalId, taker, cancellation).ConfigureAwait(false);
    }

    private async Task<(TableEntity? Head, List<TableEntity> Expired)> HeadAndExpiredAsync(
        string partition, DateTimeOffset since, CancellationToken cancellation)
    {
        // "head" sorts before "settled-…", which sorts by time.
        var (first, end) = (HeldRow.HeadKey, Settled(since.UtcTicks + 1));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {first} and RowKey lt {end}");
        TableEntity? head = null;
        var expired = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, MostPruned + 1, cancellationToken: cancellation).ConfigureAwait(false))
        {
            if (row.RowKey == HeldRow.HeadKey)
            {
                head = row;
            }
            else
            {
                expired.Add(row);
                if (expired.Count == MostPruned)
                {
                    break;
                }
            }
        }

        return (head, expired);
    }

    private async Task<HoldOutcome?> FindOwnAsync(string partition, string withdrawalId, string taker, CancellationToken cancellation)
    {
        var own = await table.FindAsync(partition, HeldRow.Key(withdrawalId), cancellation).ConfigureAwait(false);
        return own is null ? null
            : HeldRow.IsTakenBy(own, taker) ? HoldOutcome.TakenNow
            : await HeldRow.AdoptAsync(table, own, taker, cancellation).ConfigureAwait(false) ? HoldOutcome.There
            : null;
    }

    private async Task<object?> TryReleaseAsync(string partition, string withdrawalId, string? taker, CancellationToken cancellation)
    {
        var head = await table.FindAsync(partition, HeldRow.HeadKey, cancellation).ConfigureAwait(false);
        var own = await table.FindAsync(partition, HeldRow.Key(withdrawalId), cancellation).ConfigureAwait(false);
        if (own is null || !HeldRow.IsOpen(own) || (taker is not null && !HeldRow.IsTakenBy(own, taker)))
        {
            return this;
        }

        var outcome = await table.SubmitAsync(
            [
                TableWrites.Delete(partition, own.RowKey, own.ETag),
                HeldRow.Move(partition, head, HeldRow.Total(head) - HeldRow.Amount(own)),
            ],
            cancellation).ConfigureAwait(false);
        return outcome == CommitOutcome.Committed ? this : null;
    }

    private static string Settled(long ticks) => SettledPrefix + ticks.ToString("D19", CultureInfo.InvariantCulture);

    private static BigInteger Amount(ReservedWindow window, Reservation reservation) => window.Amount ?? reservation.Amount;

    // A limit with another length is another window: its rows leave at other times. A customer's value adds up over all assets.
    private static string Partition(ReservedWindow window) => KeyText.Join(
        window.Limit.Scope.ToString(),
        window.Subject,
        window.Limit.Scope == LimitScope.CustomerValue ? "" : window.Limit.Asset.ToString(),
        window.Limit.WindowSeconds.ToString(CultureInfo.InvariantCulture));
}
