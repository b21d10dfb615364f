using System.Globalization;
using System.Numerics;
using Azure.Data.Tables;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// What each retail customer's withdrawals of the last day are worth, in all assets together: one row for each customer, a line
/// for each withdrawal. Taken before the asset's windows, and given back when they refuse.
/// </summary>
internal sealed class CustomerValues(TableClient table)
{
    private const string Row = "values";
    private const string Column = "Values";

    // A line that is settled takes more room than one that is open, and it must always fit.
    private const int MostForReserving = JsonColumns.Most / 2;

    private readonly StripedGate _gate = new();

    public Task CreateTableAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public Task<HoldOutcome> ReserveAsync(ReservedWindow window, Reservation reservation, string taker, DateTimeOffset now, CancellationToken cancellation) =>
        RunAsync(window, partition => TryReserveAsync(partition, window, reservation, taker, now, cancellation), cancellation);

    /// <summary>Gives back what is open; with a <paramref name="taker"/> only what that run took.</summary>
    public Task ReleaseAsync(ReservedWindow window, string withdrawalId, string? taker, CancellationToken cancellation) => RunAsync(
        window,
        partition => EditAsync(
            partition,
            values => values.RemoveAll(v => v.WithdrawalId == withdrawalId && v.SettledAt is null && (taker is null || v.Taker == taker)) > 0,
            cancellation),
        cancellation);

    /// <summary>From now on the window counts the withdrawal by the time of its settlement. Again with the same time does nothing.</summary>
    public Task SettleAsync(ReservedWindow window, Reservation reservation, DateTimeOffset settledAt, CancellationToken cancellation) => RunAsync(
        window,
        partition => EditAsync(
            partition,
            values =>
            {
                var at = values.FindIndex(v => v.WithdrawalId == reservation.WithdrawalId);
                if (at >= 0 && values[at].SettledAt is not null)
                {
                    return false;
                }

                var own = at >= 0 ? values[at] : new CustomerValue(reservation.WithdrawalId, Amount(window, reservation));
                values.RemoveAll(v => v.WithdrawalId == reservation.WithdrawalId);
                values.Add(own with { Taker = null, SettledAt = Milliseconds(settledAt.AddTicks(TimeSpan.TicksPerMillisecond - 1)) });
                return true;
            },
            cancellation),
        cancellation);

    private async Task<HoldOutcome?> TryReserveAsync(
        string partition, ReservedWindow window, Reservation reservation, string taker, DateTimeOffset now, CancellationToken cancellation)
    {
        var (values, read) = await ReadAsync(partition, cancellation).ConfigureAwait(false);
        if (values.Find(v => v.WithdrawalId == reservation.WithdrawalId) is { } own)
        {
            return own.Taker == taker ? HoldOutcome.TakenNow
                : own.SettledAt is not null ? HoldOutcome.There
                : await AdoptAsync(own).ConfigureAwait(false);
        }

        var since = Milliseconds(now.AddSeconds(-window.Limit.WindowSeconds));
        var counted = values.Where(v => v.SettledAt is null || v.SettledAt > since).ToList();
        var used = counted.Aggregate(BigInteger.Zero, (sum, v) => sum + v.Amount);
        var limit = window.Limit.Asset == reservation.Asset ? window.Limit : null;
        var verdict = LimitRule.Check(limit, window.Limit.Scope, reservation.Asset, used, Amount(window, reservation));
        if (!verdict.IsAllowed)
        {
            return HoldOutcome.Refused(verdict);
        }

        var row = new TableEntity(partition, Row);
        return JsonColumns.Write(row, Column, (CustomerValue[])[.. counted, new CustomerValue(reservation.WithdrawalId, Amount(window, reservation), taker)]) > MostForReserving
                ? HoldOutcome.Refused(Verdict.Refused(RefusalCode.VelocityExceeded, "The customer has more withdrawals within the window than are kept."))
            : await WriteAsync(row, read, cancellation).ConfigureAwait(false) ? HoldOutcome.TakenNow
            : null;

        // Another run of the same step took it: now it is this run's too, so that the other's refusal does not give it back.
        async Task<HoldOutcome?> AdoptAsync(CustomerValue own)
        {
            values[values.IndexOf(own)] = own with { Taker = taker };
            var adopted = new TableEntity(partition, Row);
            JsonColumns.Write(adopted, Column, values);
            return await WriteAsync(adopted, read, cancellation).ConfigureAwait(false) ? HoldOutcome.There : null;
        }
    }

    // Null when the race was lost.
    private async Task<object?> EditAsync(string partition, Func<List<CustomerValue>, bool> edit, CancellationToken cancellation)
    {
        var (values, read) = await ReadAsync(partition, cancellation).ConfigureAwait(false);
        if (!edit(values))
        {
            return this;
        }

        var row = new TableEntity(partition, Row);
        JsonColumns.Write(row, Column, values);
        return await WriteAsync(row, read, cancellation).ConfigureAwait(false) ? this : null;
    }

    private async Task<(List<CustomerValue> Values, TableEntity? Read)> ReadAsync(string partition, CancellationToken cancellation)
    {
        var row = await table.FindAsync(partition, Row, cancellation).ConfigureAwait(false);
        return (row is null ? [] : JsonColumns.Read<List<CustomerValue>>(row, Column), row);
    }

    private async Task<bool> WriteAsync(TableEntity row, TableEntity? read, CancellationToken cancellation) => CommitOutcome.Committed
        == await (read is null ? table.InsertAsync(row, cancellation) : table.ReplaceAsync(row, read.ETag, cancellation)).ConfigureAwait(false);

    private static BigInteger Amount(ReservedWindow window, Reservation reservation) => window.Amount ?? reservation.Amount;

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private Task<T> RunAsync<T>(ReservedWindow window, Func<string, Task<T?>> attempt, CancellationToken cancellation)
        where T : class
    {
        // A limit with another length is another window. A customer's value adds up over all assets.
        var partition = KeyText.Join(window.Limit.Scope.ToString(), window.Subject, window.Limit.WindowSeconds.ToString(CultureInfo.InvariantCulture));
        return _gate.RunAsync(partition, () => OptimisticLoop.RunAsync($"The values of {partition}", () => attempt(partition), cancellation), cancellation);
    }

    /// <summary>One withdrawal's value.</summary>
    /// <param name="WithdrawalId">Whose.</param>
    /// <param name="Amount">In the reference currency's smallest unit.</param>
    /// <param name="Taker">The run that took it, while it is open.</param>
    /// <param name="SettledAt">Milliseconds since 1970; while it is absent the amount may be given back.</param>
    private sealed record CustomerValue(string WithdrawalId, BigInteger Amount, string? Taker = null, long? SettledAt = null);
}
