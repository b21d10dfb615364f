using System.Numerics;
using Custody.Core.Ledger;
using Custody.Core.Results;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>Velocity windows and vault holds in tables, each window and each vault's asset a partition of its own.</summary>
public sealed class TableReservationStore : IReservationStore
{
    private readonly VelocityWindows _windows;
    private readonly VaultHolds _holds;

    internal TableReservationStore(StorageClients clients)
    {
        _windows = new VelocityWindows(clients.Table("Limits"));
        _holds = new VaultHolds(clients.Table("Ledger"));
    }

    /// <inheritdoc />
    public async Task<Verdict> ReserveAsync(Reservation reservation, BigInteger vaultBalance, DateTimeOffset now, CancellationToken cancellation)
    {
        var taker = TableWrites.NewMark();
        var taken = new Stack<ReservedWindow>();
        foreach (var window in reservation.Windows)
        {
            var outcome = await _windows.ReserveAsync(window, reservation, taker, now, cancellation).ConfigureAwait(false);
            if (!outcome.Verdict.IsAllowed)
            {
                return await GiveBackAsync(outcome.Verdict).ConfigureAwait(false);
            }

            if (outcome.Taken)
            {
                taken.Push(window);
            }
        }

        var hold = await _holds.HoldAsync(reservation, vaultBalance, taker, cancellation).ConfigureAwait(false);
        return hold.Verdict.IsAllowed ? hold.Verdict : await GiveBackAsync(hold.Verdict).ConfigureAwait(false);

        async Task<Verdict> GiveBackAsync(Verdict refusal)
        {
            foreach (var window in taken)
            {
                await _windows.ReleaseAsync(window, reservation.WithdrawalId, taker, cancellation).ConfigureAwait(false);
            }

            return refusal;
        }
    }

    /// <inheritdoc />
    public Task ReleaseAsync(Reservation reservation, CancellationToken cancellation) => Task.WhenAll(
        [
            _holds.ReleaseAsync(reservation, cancellation),
            .. reservation.Windows.Select(w => _windows.ReleaseAsync(w, reservation.WithdrawalId, null, cancellation)),
        ]);

    /// <inheritdoc />
    public async Task SettleAsync(Reservation reservation, bool isPaid, BigInteger feePaid, string transactionId, DateTimeOffset now, CancellationToken cancellation)
    {
        // First the booking, whose time then is the windows': a second run finds the same time and writes the same rows.
        var settledAt = await _holds.SettleAsync(isPaid ? reservation : reservation with { Amount = 0 }, feePaid, transactionId, now, cancellation).ConfigureAwait(false);
        await Task.WhenAll(reservation.Windows.Select(w => _windows.SettleAsync(w, reservation, settledAt, cancellation))).ConfigureAwait(false);
    }

    internal Task CreateTablesAsync(CancellationToken cancellation) =>
        Task.WhenAll(_windows.CreateTableAsync(cancellation), _holds.CreateTableAsync(cancellation));
}
