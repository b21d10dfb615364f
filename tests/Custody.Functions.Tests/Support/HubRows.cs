using Azure.Data.Tables;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>The task hub's rows, read and changed beside the app.</summary>
internal static class HubRows
{
    public static TableClient Instances(RunningSystem system) => Table(system, "custodyInstances");

    public static async Task<TableEntity> InstanceAsync(RunningSystem system, string id) =>
        (await Instances(system).GetEntityAsync<TableEntity>(id, "", cancellationToken: TestContext.Current.CancellationToken)).Value;

    public static async Task<List<TableEntity>> HistoryAsync(RunningSystem system, string id)
    {
        var rows = new List<TableEntity>();
        var table = Table(system, "custodyHistory");
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {id}"), cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Takes an instance away as a purge does.</summary>
    public static async Task PurgeAsync(RunningSystem system, string id)
    {
        foreach (var row in await HistoryAsync(system, id))
        {
            await Table(system, "custodyHistory").DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }

        await Instances(system).DeleteEntityAsync(id, "");
    }

    private static TableClient Table(RunningSystem system, string name) => new(system.Azurite.PipelineConnection, name);
}
