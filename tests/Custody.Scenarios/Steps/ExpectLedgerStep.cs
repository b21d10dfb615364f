using System.Globalization;
using System.Numerics;
using Azure.Data.Tables;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>What the ledger has of a withdrawal: whether it still holds funds, what it posted, and that the fee is what the chain took.</summary>
internal sealed record ExpectLedgerStep : PolledStep
{
    public required string Withdrawal { get; init; }

    /// <summary>Whether it still holds funds of its vault, or counts as open in a limit.</summary>
    public bool Open { get; init; }

    /// <summary>Base units of its asset that its client's liability fell by.</summary>
    public string Paid { get; init; } = "0";

    /// <summary>Whether its transaction's fee is booked, as the real chain took it; else none is.</summary>
    public bool Fee { get; init; }

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var id = world.Id(Withdrawal);
        var rows = await world.Storage.Table(StorageAccountName.Pipeline, "Ledger").QueryAsync<TableEntity>(r => r.PartitionKey != "", cancellationToken: cancellation).ToListAsync(cancellation);
        if (rows.Any(r => r.RowKey == $"withdrawal-{id}" && r.GetBoolean("Open") == true) != Open)
        {
            return $"'{Withdrawal}' {(Open ? "holds nothing" : "still holds funds")}";
        }

        var file = await world.FileAsync(Withdrawal, cancellation) ?? throw new ScenarioException($"there is no '{Withdrawal}'");
        var own = rows.Where(r => r.GetString("WithdrawalId") == id && r.GetString("Account") is not null).ToList();
        var (paid, fee) = (Sum(own, "liability/"), Sum(own, "expense/fees"));
        var taken = Fee ? await world.Ledger.FeeAsync(file.State.TransactionId!) : BigInteger.Zero;
        return paid != BigInteger.Parse(Paid, CultureInfo.InvariantCulture) ? $"{paid} was posted for '{Withdrawal}', and {Paid} should be"
            : fee != taken ? $"a fee of {fee} was posted for '{Withdrawal}', and {taken} should be"
            : Sum(own, "") == BigInteger.Zero ? null : $"what was posted for '{Withdrawal}' does not balance";
    }

    private static BigInteger Sum(IEnumerable<TableEntity> lines, string account) => lines
        .Where(l => l.GetString("Account").StartsWith(account, StringComparison.Ordinal))
        .Aggregate(BigInteger.Zero, (sum, l) => sum + Number(l, "Debit") - Number(l, "Credit"));

    private static BigInteger Number(TableEntity line, string column) => BigInteger.Parse(line.GetString(column), CultureInfo.InvariantCulture);
}
