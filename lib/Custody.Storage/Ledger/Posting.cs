using System.Globalization;
using System.Numerics;
using Azure.Data.Tables;
using Custody.Core.Deposits;
using Custody.Core.Encoding;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// One line of a payment's double entry: debits and credits of each asset are equal. The client's liability, or the vault of our own
/// that is paid, and the fee expense are debited, the vault that pays is credited.
/// </summary>
internal sealed record Posting(string Account, string Asset, BigInteger Debit, BigInteger Credit)
{
    public static IReadOnlyList<Posting> Of(Reservation reservation, BigInteger feePaid)
    {
        // The client is the subject of the client's window.
        var client = reservation.Windows.FirstOrDefault(w => w.Limit.Scope == LimitScope.Client)?.Subject ?? "unattributed";
        var vault = $"vault/{reservation.VaultId}";
        var asset = reservation.Asset.ToString();
        var coin = reservation.Asset.IsNative ? asset : $"{reservation.Asset.Chain}/native";
        return
        [
            new Posting(reservation.ToVaultId is { } own ? $"vault/{own}" : $"liability/{client}", asset, reservation.Amount, 0),
            new Posting(vault, asset, 0, reservation.Amount),
            new Posting("expense/fees", coin, feePaid, 0),
            new Posting(vault, coin, 0, feePaid),
        ];
    }

    /// <summary>
    /// What came in, which nobody here knows the client of: the exchange tells whose it is, and until then it is owed to whoever that is.
    /// </summary>
    public static IReadOnlyList<Posting> Of(Deposit deposit) =>
    [
        new Posting($"vault/{deposit.VaultId}", deposit.Asset.ToString(), deposit.Amount, 0),
        new Posting("liability/unallocated", deposit.Asset.ToString(), 0, deposit.Amount),
    ];

    public TableEntity ToRow(string partition, string withdrawalId, int index, string transactionId, DateTimeOffset at) =>
        new(partition, string.Create(CultureInfo.InvariantCulture, $"posting-{KeyText.Encode(withdrawalId)}-{index}"))
        {
            ["WithdrawalId"] = withdrawalId,
            ["Account"] = Account,
            ["Asset"] = Asset,
            ["Debit"] = BaseUnitsJsonConverter.Format(Debit),
            ["Credit"] = BaseUnitsJsonConverter.Format(Credit),
            ["TransactionId"] = transactionId,
            ["At"] = at,
        };
}
