using Azure.Data.Tables;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>What is reserved, read from the tables themselves.</summary>
internal static class LedgerRows
{
    /// <summary>The open rows of a withdrawal: one in each velocity window and one among its vault's holds.</summary>
    public static async Task<IReadOnlyList<string>> OpenAsync(RunningSystem system, string id)
    {
        var rows = new List<string>();
        foreach (var name in new[] { "Limits", "Ledger" })
        {
            await foreach (var row in new TableClient(system.Azurite.PipelineConnection, name).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
            {
                if (row.RowKey == $"withdrawal-{id}" && row.GetBoolean("Open") == true)
                {
                    rows.Add($"{name} {row.PartitionKey}");
                }
            }
        }

        return rows;
    }
}
