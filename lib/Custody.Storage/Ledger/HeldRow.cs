using System.Numerics;
using Azure.Data.Tables;
using Custody.Core.Encoding;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// The rows that a window and a vault's holds have in common: a head with the running total, and one row for each
/// withdrawal with its amount. While a row is open its amount may still be given back.
/// </summary>
internal static class HeldRow
{
    public const string HeadKey = "head";
    public const string Open = "Open";
    private const string AmountColumn = "Amount";
    private const string TotalColumn = "Total";
    private const string TakerColumn = "Taker";

    public static string Key(string withdrawalId) => "withdrawal-" + KeyText.Encode(withdrawalId);

    public static TableEntity Head(string partition, BigInteger total) =>
        new(partition, HeadKey) { [TotalColumn] = BaseUnitsJsonConverter.Format(BigInteger.Max(0, total)) };

    public static TableEntity Taken(string partition, string withdrawalId, BigInteger amount, string taker) => new(partition, Key(withdrawalId))
    {
        [AmountColumn] = BaseUnitsJsonConverter.Format(amount),
        [Open] = true,
        [TakerColumn] = taker,
    };

    public static TableEntity Closed(string partition, string withdrawalId, BigInteger amount) => new(partition, Key(withdrawalId))
    {
        [AmountColumn] = BaseUnitsJsonConverter.Format(amount),
        [Open] = false,
    };

    public static BigInteger Total(TableEntity? head) => head is null ? BigInteger.Zero : Read(head, TotalColumn);

    public static BigInteger Amount(TableEntity row) => Read(row, AmountColumn);

    public static bool IsOpen(TableEntity row) => row.GetBoolean(Open) ?? false;

    public static bool IsTakenBy(TableEntity row, string taker) => row.GetString(TakerColumn) == taker;

    /// <summary>
    /// Makes a row that another run of the same step took the run's own too, so that the other's refusal does not give it
    /// back. True when it is the run's own now.
    /// </summary>
    public static async Task<bool> AdoptAsync(TableClient table, TableEntity row, string taker, CancellationToken cancellation)
    {
        if (!IsOpen(row) || IsTakenBy(row, taker))
        {
            return true;
        }

        row[TakerColumn] = taker;
        return await table.ReplaceAsync(row, row.ETag, cancellation).ConfigureAwait(false) == Core.Withdrawals.CommitOutcome.Committed;
    }

    /// <summary>Writes the head's next total on the head as it was read.</summary>
    public static TableTransactionAction Move(string partition, TableEntity? read, BigInteger total) => read is null
        ? TableWrites.Insert(Head(partition, total))
        : TableWrites.Replace(Head(partition, total), read.ETag);

    private static BigInteger Read(TableEntity row, string column) => BaseUnitsJsonConverter.TryParse(row.GetString(column), out var value)
        ? value
        : throw new InvalidDataException($"The row {row.RowKey} of {row.PartitionKey} holds no amount in {column}.");
}
