using System.Numerics;
using Azure.Data.Tables;
using Custody.Core.Ledger;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// What a vault holds of an asset and has promised, and the postings of what it paid: a partition for each vault and asset.
/// A hold ends as released or as paid; the row of a paid one stays, so that it is booked once.
/// </summary>
internal sealed class VaultHolds(TableClient table)
{
    private const string SettledAt = "SettledAt";

    private readonly StripedGate _gate = new();

    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public Task<HoldOutcome> HoldAsync(Reservation reservation, BigInteger balance, string taker, CancellationToken cancellation) =>
        RunAsync(reservation, partition => TryHoldAsync(partition, reservation, balance, taker, cancellation), cancellation);

    public Task ReleaseAsync(Reservation reservation, CancellationToken cancellation) =>
        RunAsync(reservation, partition => TryReleaseAsync(partition, reservation, cancellation), cancellation);

    /// <summary>Books the payment once; returns when it was booked, the same time again when it was booked before.</summary>
    public async Task<DateTimeOffset> SettleAsync(
        Reservation reservation, BigInteger feePaid, string transactionId, DateTimeOffset now, CancellationToken cancellation)
    {
        var settled = await RunAsync(
            reservation, partition => TrySettleAsync(partition, reservation, feePaid, transactionId, now, cancellation), cancellation).ConfigureAwait(false);
        return settled.GetDateTimeOffset(SettledAt)
            ?? throw new InvalidDataException($"The booked payment of {reservation.WithdrawalId} has no time.");
    }

    private async Task<HoldOutcome?> TryHoldAsync(
        string partition, Reservation reservation, BigInteger balance, string taker, CancellationToken cancellation)
    {
        var head = await table.FindAsync(partition, HeldRow.HeadKey, cancellation).ConfigureAwait(false);
        var held = HeldRow.Total(head);
        var need = Need(reservation);
        if (held + need > balance)
        {
            return await FindOwnAsync(partition, reservation, taker, cancellation).ConfigureAwait(false) ?? HoldOutcome.Refused(Verdict.Refused(
                RefusalCode.InsufficientFunds,
                $"The vault {reservation.VaultId} holds {balance} of {reservation.Asset}, of which {held} is promised; {need} is needed."));
        }

        var outcome = await table.SubmitAsync(
            [
                HeldRow.Move(partition, head, held + need),
                TableWrites.Insert(HeldRow.Taken(partition, reservation.WithdrawalId, need, taker)),
            ],
            cancellation).ConfigureAwait(false);
        return outcome == CommitOutcome.Committed
            ? HoldOutcome.TakenNow
            : await FindOwnAsync(partition, reservation, taker, cancellation).ConfigureAwait(false);
    }

    private async Task<HoldOutcome?> FindOwnAsync(string partition, Reservation reservation, string taker, CancellationToken cancellation)
    {
        var own = await table.FindAsync(partition, HeldRow.Key(reservation.WithdrawalId), cancellation).ConfigureAwait(false);
        return own is not null && await HeldRow.AdoptAsync(table, own, taker, cancellation).ConfigureAwait(false) ? HoldOutcome.There : null;
    }

    private async Task<object?> TryReleaseAsync(string partition, Reservation reservation, CancellationToken cancellation)
    {
        var head = await table.FindAsync(partition, HeldRow.HeadKey, cancellation).ConfigureAwait(false);
        var own = await table.FindAsync(partition, HeldRow.Key(reservation.WithdrawalId), cancellation).ConfigureAwait(false);
        if (own is null || !HeldRow.IsOpen(own))
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

    private async Task<TableEntity?> TrySettleAsync(
        string partition, Reservation reservation, BigInteger feePaid, string transactionId, DateTimeOffset now, CancellationToken cancellation)
    {
        var head = await table.FindAsync(partition, HeldRow.HeadKey, cancellation).ConfigureAwait(false);
        var own = await table.FindAsync(partition, HeldRow.Key(reservation.WithdrawalId), cancellation).ConfigureAwait(false);
        if (own is not null && !HeldRow.IsOpen(own))
        {
            return own;
        }

        // Without a hold the payment is booked all the same: the chain says that it happened.
        var held = own is null ? BigInteger.Zero : HeldRow.Amount(own);
        var settled = HeldRow.Closed(partition, reservation.WithdrawalId, held);
        settled[SettledAt] = now;
        settled["TransactionId"] = transactionId;
        List<TableTransactionAction> actions =
        [
            HeldRow.Move(partition, head, HeldRow.Total(head) - held),
            own is null ? TableWrites.Insert(settled) : TableWrites.Replace(settled, own.ETag),
            .. Posting.Of(reservation, feePaid).Select((p, i) => TableWrites.Insert(p.ToRow(partition, reservation.WithdrawalId, i, transactionId, now))),
        ];
        return await table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed ? settled : null;
    }

    // The fee is paid in the chain's coin; a token's own balance does not pay it.
    private static BigInteger Need(Reservation reservation) =>
        reservation.Asset.IsNative ? reservation.Amount + reservation.MaxFee : reservation.Amount;

    private Task<T> RunAsync<T>(Reservation reservation, Func<string, Task<T?>> attempt, CancellationToken cancellation)
        where T : class
    {
        var partition = KeyText.Join(reservation.VaultId, reservation.Asset.ToString());
        return _gate.RunAsync(partition, () => OptimisticLoop.RunAsync($"Holds of {partition}", () => attempt(partition), cancellation), cancellation);
    }
}
