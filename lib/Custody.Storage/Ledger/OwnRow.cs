using System.Numerics;
using Azure;
using Azure.Data.Tables;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>
/// A withdrawal's own row beside its asset's counters: what it has in each. It goes when everything was given back; that of a
/// settled one stays, so that it is booked once.
/// </summary>
internal sealed record OwnRow(string WithdrawalId, IReadOnlyList<Claim> Claims, DateTimeOffset? SettledAt, ETag Read, string? Taker = null)
{
    private const string Column = "Claims";
    private const string Settled = "SettledAt";
    private const string TakerColumn = "Taker";

    public bool IsOpen => SettledAt is null;

    public static string Key(string withdrawalId) => "withdrawal-" + KeyText.Encode(withdrawalId);

    public static OwnRow Of(string withdrawalId, TableEntity row) =>
        new(withdrawalId, JsonColumns.Read<List<Claim>>(row, Column), row.GetDateTimeOffset(Settled), row.ETag, row.GetString(TakerColumn));

    /// <summary>The row of what may still be given back; with the run that took it, where that matters.</summary>
    public static TableEntity Open(string partition, string withdrawalId, IReadOnlyList<Claim> claims, string? taker)
    {
        var row = Row(partition, withdrawalId, claims, isOpen: true);
        if (taker is not null)
        {
            row[TakerColumn] = taker;
        }

        return row;
    }

    public static TableEntity Closed(string partition, string withdrawalId, IReadOnlyList<Claim> claims, string transactionId, DateTimeOffset at)
    {
        var row = Row(partition, withdrawalId, claims, isOpen: false);
        row[Settled] = at;
        row["TransactionId"] = transactionId;
        return row;
    }

    /// <summary>What of these claims it does not have yet.</summary>
    public static IReadOnlyList<Claim> Missing(OwnRow? own, IEnumerable<Claim> claims) =>
        [.. claims.Select(c => c with { Amount = c.Amount - Has(own, c) }).Where(c => own is null || c.Amount > 0)];

    /// <summary>What it has together with more.</summary>
    public static IReadOnlyList<Claim> With(OwnRow? own, IReadOnlyList<Claim> more) => own is null
        ? more
        : [.. own.Claims.Select(c => c with { Amount = c.Amount + Sum(more, c) }), .. more.Where(m => !own.Claims.Any(m.IsSameCounter))];

    private static BigInteger Has(OwnRow? own, Claim claim) => Sum(own?.Claims ?? [], claim);

    private static BigInteger Sum(IReadOnlyList<Claim> claims, Claim claim) =>
        claims.Where(claim.IsSameCounter).Aggregate(BigInteger.Zero, (sum, c) => sum + c.Amount);

    private static TableEntity Row(string partition, string withdrawalId, IReadOnlyList<Claim> claims, bool isOpen)
    {
        var row = new TableEntity(partition, Key(withdrawalId)) { ["Open"] = isOpen };
        JsonColumns.Write(row, Column, claims);
        return row;
    }
}
