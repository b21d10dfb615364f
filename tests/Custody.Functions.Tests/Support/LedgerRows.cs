using System.Text.Json;
using Azure.Data.Tables;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>What is reserved, read from the tables themselves.</summary>
internal static class LedgerRows
{
    /// <summary>The counters that an open withdrawal counts in: the velocity windows of its asset, and its vault's holds.</summary>
    public static async Task<IReadOnlyList<string>> OpenAsync(RunningSystem system, string id)
    {
        var counters = new List<string>();
        await foreach (var row in new TableClient(system.Azurite.PipelineConnection, "Ledger").QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            if (row.RowKey == $"withdrawal-{id}" && row.GetBoolean("Open") == true)
            {
                using var claims = JsonDocument.Parse(row.GetString("Claims"));
                counters.AddRange(claims.RootElement.EnumerateArray().Select(c => c.GetProperty("row").GetString()!));
            }
        }

        return counters;
    }
}
