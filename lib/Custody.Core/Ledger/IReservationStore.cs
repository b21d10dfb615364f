using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Results;

namespace Custody.Core.Ledger;

/// <summary>
/// Velocity windows and vault holds. Reserving goes narrow to wide, each a conditional write that names the withdrawal, so
/// parallel requests together never pass a limit; a crash leaves too much reserved, never too little, and reserving again
/// finds what is there.
/// </summary>
public interface IReservationStore
{
    /// <summary>Reserves everything, or refuses and gives back what it took. <paramref name="vaultBalance"/> is what the vault holds on chain, base units.</summary>
    Task<Verdict> ReserveAsync(Reservation reservation, BigInteger vaultBalance, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Of a token's payment, reserves the most that its fee may take of what the vault holds in coin, or refuses and takes nothing;
    /// allowed at once where the reservation names no coin. What was reserved of the token stays: give it back, or reserve elsewhere.
    /// </summary>
    Task<Verdict> ReserveCoinAsync(Reservation reservation, BigInteger coinBalance, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// What each of these vaults has promised of an asset, base units; nothing promised is zero. A hint for choosing among them:
    /// reserving looks again.
    /// </summary>
    Task<IReadOnlyDictionary<string, BigInteger>> PromisedAsync(AssetId asset, IReadOnlyCollection<string> vaultIds, CancellationToken cancellation);

    /// <summary>Gives everything back: the withdrawal ended unpaid. Giving back twice does nothing.</summary>
    Task ReleaseAsync(Reservation reservation, CancellationToken cancellation);

    /// <summary>
    /// Books the payment: the hold becomes a double entry (client liability and fee expense against the vault), once, and
    /// the velocity windows keep counting it. With <paramref name="isPaid"/> false (mined and reverted) only the fee is booked.
    /// </summary>
    Task SettleAsync(Reservation reservation, bool isPaid, BigInteger feePaid, string transactionId, DateTimeOffset now, CancellationToken cancellation);
}
