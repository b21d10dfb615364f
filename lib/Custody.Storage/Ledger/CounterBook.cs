using System.Numerics;
using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// All that withdrawals count in together. Of amounts a partition for each asset: the velocity windows, what each vault promised, and
/// the postings of what was paid. Of values one partition for all assets. One query reads the counters and one transaction on their
/// versions changes them together, so that a reservation is made in all of them or in none.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="partition">The one partition that everything stands in; absent: each asset has its own.</param>
internal sealed class CounterBook(TableClient table, string? partition = null)
{
    // The service takes 15 comparisons in a filter; three bound the range.
    private const int MostRowsInAQuery = 12;

    private readonly StripedGate _gate = new();

    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>
    /// Reserves in every window and at the vault, or refuses. What the withdrawal has already it keeps. With a <paramref name="taker"/>
    /// only the run that made the reservation is told that it took it.
    /// </summary>
    public Task<HoldOutcome> ReserveAsync(Reservation reservation, BigInteger balance, DateTimeOffset now, CancellationToken cancellation, string? taker = null)
    {
        OwnRow? own = null;
        return RunAsync(reservation, TryAsync, cancellation);

        async Task<HoldOutcome?> TryAsync(string partition)
        {
            var more = OwnRow.Missing(own, Claims(reservation));
            if (own is { IsOpen: false })
            {
                return HoldOutcome.There;
            }

            if (own is not null && more.Count == 0)
            {
                return own.Taker is null || taker is null ? HoldOutcome.There
                    : own.Taker == taker ? HoldOutcome.TakenNow
                    : await ShareAsync(partition, own).ConfigureAwait(false);
            }

            var rows = await ReadAsync(partition, more, cancellation).ConfigureAwait(false);
            var verdict = Take(reservation, balance, more, rows, now);
            // What is added to what was there before is not this run's alone, and stays when a later step refuses.
            var mark = own is null ? taker : null;
            if (verdict.IsAllowed && await SubmitAsync(Writes(partition, reservation.WithdrawalId, own, more, rows, now, mark), cancellation).ConfigureAwait(false))
            {
                return own is null || taker is null ? HoldOutcome.TakenNow : HoldOutcome.There;
            }

            // Most often there is none, and the first read need not look for it: an insert that finds one does.
            var found = await FindOwnAsync(partition, reservation.WithdrawalId, cancellation).ConfigureAwait(false);
            var isNew = found?.Read != own?.Read;
            own = found;
            return verdict.IsAllowed || isNew ? null : HoldOutcome.Refused(verdict);
        }

        // Another run of the same step took it: from now on it is no run's alone, so that the other's refusal does not give it back.
        async Task<HoldOutcome?> ShareAsync(string partition, OwnRow taken)
        {
            if (await SubmitAsync(Writes(partition, reservation.WithdrawalId, taken, [], [], now, taker: null), cancellation).ConfigureAwait(false))
            {
                return HoldOutcome.There;
            }

            own = await FindOwnAsync(partition, reservation.WithdrawalId, cancellation).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>What each vault has promised of an asset.</summary>
    public async Task<IReadOnlyDictionary<string, BigInteger>> PromisedAsync(AssetId asset, IReadOnlyCollection<string> vaultIds, CancellationToken cancellation)
    {
        var claims = vaultIds.Distinct(StringComparer.Ordinal).ToDictionary(v => v, v => Claim.Hold(v, BigInteger.Zero), StringComparer.Ordinal);
        var rows = await ReadAsync(KeyText.Encode(asset.ToString()), [.. claims.Values], cancellation).ConfigureAwait(false);
        return claims.ToDictionary(c => c.Key, c => rows[c.Value.Row].Get(c.Value).Open, StringComparer.Ordinal);
    }

    /// <summary>Gives back all that is open; with a <paramref name="taker"/> only what that run took.</summary>
    public Task ReleaseAsync(Reservation reservation, CancellationToken cancellation, string? taker = null) =>
        RunAsync(reservation, partition => TryReleaseAsync(partition, reservation.WithdrawalId, taker, cancellation), cancellation);

    /// <summary>
    /// Books the payment once, from when on the windows count it by that time; returns when it was booked, the same time again
    /// when it was booked before.
    /// </summary>
    public async Task<DateTimeOffset> SettleAsync(
        Reservation reservation, bool isPaid, BigInteger feePaid, string transactionId, DateTimeOffset now, CancellationToken cancellation)
    {
        var settled = await RunAsync(
            reservation, partition => TrySettleAsync(partition, reservation, isPaid, feePaid, transactionId, now, cancellation), cancellation).ConfigureAwait(false);
        return settled.At;
    }

    // Narrow to wide, each on top of what was taken before it. What is taken here is only written when everything fits.
    private static Verdict Take(Reservation reservation, BigInteger balance, IReadOnlyList<Claim> more, Dictionary<string, CounterRow> rows, DateTimeOffset now)
    {
        foreach (var window in reservation.Windows)
        {
            var limit = window.Limit.Asset == reservation.Asset ? window.Limit : null;
            var verdict = Take(Claim.Of(window, reservation), (used, amount) => LimitRule.Check(limit, window.Limit.Scope, reservation.Asset, used, amount));
            if (!verdict.IsAllowed)
            {
                return verdict;
            }
        }

        return Take(Claim.Hold(reservation), (held, need) => held + need <= balance
            ? Verdict.Allowed
            : Verdict.Refused(
                RefusalCode.InsufficientFunds,
                $"The vault {reservation.VaultId} holds {balance} of {reservation.Asset}, of which {held} is promised; {need} is needed."));

        Verdict Take(Claim due, Func<BigInteger, BigInteger, Verdict> check)
        {
            if (more.FirstOrDefault(due.IsSameCounter) is not { } claim)
            {
                return Verdict.Allowed;
            }

            var counter = rows[claim.Row].Get(claim);
            rows[claim.Row].Set(counter.Take(claim.Amount));
            return check(counter.Used(now), claim.Amount);
        }
    }

    private static List<TableTransactionAction> Writes(
        string partition, string withdrawalId, OwnRow? own, IReadOnlyList<Claim> more, Dictionary<string, CounterRow> rows, DateTimeOffset now, string? taker)
    {
        foreach (var counters in rows.Values)
        {
            counters.Prune(now);
        }

        var row = OwnRow.Open(partition, withdrawalId, OwnRow.With(own, more), taker);
        return [own is null ? TableWrites.Insert(row) : TableWrites.Replace(row, own.Read), .. rows.Values.Select(r => r.Write(partition, isReserving: true))];
    }

    private async Task<object?> TryReleaseAsync(string partition, string withdrawalId, string? taker, CancellationToken cancellation)
    {
        if (await FindOwnAsync(partition, withdrawalId, cancellation).ConfigureAwait(false) is not { IsOpen: true } own || (taker is not null && own.Taker != taker))
        {
            return this;
        }

        var rows = await ReadAsync(partition, own.Claims, cancellation).ConfigureAwait(false);
        foreach (var claim in own.Claims)
        {
            rows[claim.Row].Set(rows[claim.Row].Get(claim).GiveBack(claim.Amount));
        }

        List<TableTransactionAction> actions =
        [
            TableWrites.Delete(partition, OwnRow.Key(withdrawalId), own.Read),
            .. rows.Values.Select(r => r.Write(partition, isReserving: false)),
        ];
        return await SubmitAsync(actions, cancellation).ConfigureAwait(false) ? this : null;
    }

    private async Task<Booked?> TrySettleAsync(
        string partition, Reservation reservation, bool isPaid, BigInteger feePaid, string transactionId, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = reservation.WithdrawalId;
        var own = await FindOwnAsync(partition, id, cancellation).ConfigureAwait(false);
        if (own?.SettledAt is { } before)
        {
            return new Booked(before);
        }

        // Without a reservation the payment is booked, and counted, all the same: the chain says that it happened.
        var claims = own?.Claims ?? Claims(reservation);
        var rows = await ReadAsync(partition, claims, cancellation).ConfigureAwait(false);
        foreach (var claim in claims)
        {
            rows[claim.Row].Set(rows[claim.Row].Get(claim).Settle(own is null ? 0 : claim.Amount, claim.Amount, now));
        }

        var settled = OwnRow.Closed(partition, id, claims, transactionId, now);
        List<TableTransactionAction> actions =
        [
            own is null ? TableWrites.Insert(settled) : TableWrites.Replace(settled, own.Read),
            .. rows.Values.Select(r => r.Write(partition, isReserving: false)),
            .. reservation.Amount.IsZero && feePaid.IsZero ? [] : Posting.Of(isPaid ? reservation : reservation with { Amount = 0 }, feePaid)
                .Select((p, i) => TableWrites.Insert(p.ToRow(partition, id, i, transactionId, now))),
        ];
        return await SubmitAsync(actions, cancellation).ConfigureAwait(false) ? new Booked(now) : null;
    }

    // The rows that are wanted, among all the counters' and nothing else: the range ends before the withdrawals begin.
    private async Task<Dictionary<string, CounterRow>> ReadAsync(string partition, IReadOnlyList<Claim> claims, CancellationToken cancellation)
    {
        var rows = claims.Select(c => c.Row).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToDictionary(r => r, CounterRow.Absent, StringComparer.Ordinal);
        foreach (var keys in rows.Keys.ToList().Chunk(MostRowsInAQuery))
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {keys[0]} and RowKey le {keys[^1]}")
                + $" and ({string.Join(" or ", keys.Select(k => TableClient.CreateQueryFilter($"RowKey eq {k}")))})";
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ConfigureAwait(false))
            {
                rows[row.RowKey] = CounterRow.Of(row);
            }
        }

        return rows;
    }

    private async Task<OwnRow?> FindOwnAsync(string partition, string withdrawalId, CancellationToken cancellation) =>
        await table.FindAsync(partition, OwnRow.Key(withdrawalId), cancellation).ConfigureAwait(false) is { } row ? OwnRow.Of(withdrawalId, row) : null;

    private async Task<bool> SubmitAsync(List<TableTransactionAction> actions, CancellationToken cancellation) =>
        await table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed;

    private static IReadOnlyList<Claim> Claims(Reservation reservation) =>
        [.. reservation.Windows.Select(w => Claim.Of(w, reservation)), .. Claim.Hold(reservation) is { Amount.IsZero: false } hold ? [hold] : Array.Empty<Claim>()];

    private Task<T> RunAsync<T>(Reservation reservation, Func<string, Task<T?>> attempt, CancellationToken cancellation)
        where T : class
    {
        var key = partition ?? KeyText.Encode(reservation.Asset.ToString());
        return _gate.RunAsync(key, () => OptimisticLoop.RunAsync($"The book of {key}", () => attempt(key), cancellation), cancellation);
    }

    private sealed record Booked(DateTimeOffset At);
}
