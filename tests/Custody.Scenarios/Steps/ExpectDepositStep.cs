using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Custody.Core.Deposits;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>What is recorded of a transaction's deposits; a transaction that was in two blocks has two.</summary>
internal sealed record ExpectDepositStep : PolledStep
{
    /// <summary>The transaction.</summary>
    public required string Transaction { get; init; }

    /// <summary>The statuses of what is recorded of it, the highest block first; none when nothing must be.</summary>
    public required IReadOnlyList<string> Statuses { get; init; }

    /// <summary>Base units of each. Absent: not looked at.</summary>
    public string? Amount { get; init; }

    /// <summary>Lines of the ledger that post it. Absent: not looked at.</summary>
    public int? Postings { get; init; }

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var page = await world.Storage.Custody.Deposits.ListAsync(world.Vault.Chain, 200, null, cancellation);
        var own = page.Items.Where(d => d.Deposit.TransactionId == Transaction).ToList();
        var statuses = own.Select(d => Text(d.Status)).ToList();
        if (!statuses.SequenceEqual(Statuses, StringComparer.Ordinal))
        {
            return $"of {Transaction} is recorded: {string.Join(", ", statuses)}, and should be: {string.Join(", ", Statuses)}";
        }

        if (Amount is not null && own.Any(d => d.Deposit.Amount != BigInteger.Parse(Amount, CultureInfo.InvariantCulture)))
        {
            return $"{string.Join(", ", own.Select(d => d.Deposit.Amount))} is recorded of {Transaction}, and should be {Amount}";
        }

        var posted = await world.Storage.Table(StorageAccountName.Pipeline, "Ledger")
            .QueryAsync<Azure.Data.Tables.TableEntity>(r => r.PartitionKey != "", cancellationToken: cancellation).CountAsync(r => r.GetString("TransactionId") == Transaction, cancellation);
        return Postings is null || posted == Postings ? null : $"{posted} lines of the ledger post {Transaction}, and {Postings} should";
    }

    private static string Text(DepositStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
