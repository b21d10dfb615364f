using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// Reservations in tables: first what the withdrawal is worth, in the day of a retail customer and in the platform's window at once, then
/// everything of its asset at once, a partition for each asset, and for a token the coin of its fee in the coin's. Each is one read and one write.
/// </summary>
public sealed class TableReservationStore : IReservationStore
{
    private readonly CounterBook _values;
    private readonly CounterBook _book;

    internal TableReservationStore(StorageClients clients)
    {
        _values = new CounterBook(clients.Table("Limits"), "values");
        _book = new CounterBook(clients.Table("Ledger"));
    }

    /// <inheritdoc />
    public async Task<Verdict> ReserveAsync(Reservation reservation, BigInteger vaultBalance, DateTimeOffset now, CancellationToken cancellation)
    {
        var (value, inAsset) = Split(reservation);
        var taker = TableWrites.NewMark();
        var taken = value is null ? null : await _values.ReserveAsync(value, BigInteger.Zero, now, cancellation, taker).ConfigureAwait(false);
        if (taken is { Verdict.IsAllowed: false })
        {
            return taken.Verdict;
        }

        var outcome = await _book.ReserveAsync(inAsset, vaultBalance, now, cancellation).ConfigureAwait(false);
        if (!outcome.Verdict.IsAllowed && taken is { Taken: true })
        {
            await _values.ReleaseAsync(value!, cancellation, taker).ConfigureAwait(false);
        }

        return outcome.Verdict;
    }

    /// <inheritdoc />
    public async Task<Verdict> ReserveCoinAsync(Reservation reservation, BigInteger coinBalance, DateTimeOffset now, CancellationToken cancellation)
    {
        if (Coin(reservation) is not { } coin)
        {
            return Verdict.Allowed;
        }

        var outcome = await _book.ReserveAsync(coin, coinBalance, now, cancellation).ConfigureAwait(false);
        return outcome.Verdict.Code == RefusalCode.InsufficientFunds ? Verdict.Refused(RefusalCode.GasFundsMissing, outcome.Verdict.Detail) : outcome.Verdict;
    }

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, BigInteger>> PromisedAsync(AssetId asset, IReadOnlyCollection<string> vaultIds, CancellationToken cancellation) =>
        _book.PromisedAsync(asset, vaultIds, cancellation);

    /// <inheritdoc />
    public async Task ReleaseAsync(Reservation reservation, CancellationToken cancellation)
    {
        var (value, inAsset) = Split(reservation);
        await Task.WhenAll(
            _book.ReleaseAsync(inAsset, cancellation),
            Coin(reservation) is { } coin ? _book.ReleaseAsync(coin, cancellation) : Task.CompletedTask,
            value is null ? Task.CompletedTask : _values.ReleaseAsync(value, cancellation)).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async Task SettleAsync(Reservation reservation, bool isPaid, BigInteger feePaid, string transactionId, DateTimeOffset now, CancellationToken cancellation)
    {
        // First the booking, whose time then is the value's too.
        var (value, inAsset) = Split(reservation);
        var settledAt = await _book.SettleAsync(inAsset, isPaid, feePaid, transactionId, now, cancellation).ConfigureAwait(false);
        if (Coin(reservation) is { } coin)
        {
            // What the fee took is posted with the token's payment; here the promise ends, and the row stays so that nobody promises again.
            await _book.SettleAsync(coin, isPaid, BigInteger.Zero, transactionId, now, cancellation).ConfigureAwait(false);
        }

        if (value is not null)
        {
            await _values.SettleAsync(value, isPaid, BigInteger.Zero, transactionId, settledAt, cancellation).ConfigureAwait(false);
        }
    }

    internal Task CreateTablesAsync(CancellationToken cancellation) =>
        Task.WhenAll(_values.CreateTableAsync(cancellation), _book.CreateTableAsync(cancellation));

    // In the book of the coin, where the vault's other payments of it are promised.
    private static Reservation? Coin(Reservation reservation) => reservation.Coin is { } coin && coin != reservation.Asset
        ? reservation with { Asset = coin, Amount = BigInteger.Zero, Windows = [], ToVaultId = null, Coin = null }
        : null;

    // What counts a value counts it over all assets, and promises nothing of a vault.
    private static (Reservation? Value, Reservation InAsset) Split(Reservation reservation)
    {
        var values = reservation.Windows.Where(w => w.Limit.Scope.CountsValue()).ToList();
        return values.Count == 0
            ? (null, reservation)
            : (reservation with { Amount = BigInteger.Zero, MaxFee = BigInteger.Zero, Windows = values, ToVaultId = null, Coin = null },
                reservation with { Windows = [.. reservation.Windows.Except(values)] });
    }
}
