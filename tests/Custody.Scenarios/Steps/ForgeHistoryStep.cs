using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>
/// Writes events of the script's own after the last ones of an orchestration's history, as if the app had committed them. The
/// app must not run: a history that changes under a running one stops it.
/// </summary>
internal sealed record ForgeHistoryStep : Step
{
    public required string Instance { get; init; }

    /// <summary>Each event's columns besides those that all have; EventType is required.</summary>
    public required IReadOnlyList<JsonObject> Events { get; init; }

    public override string? Problem() => Events.All(e => e["EventType"] is not null) ? null : "Each event has its EventType.";

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        var table = world.Storage.Table(StorageAccountName.Pipeline, "custodyHistory");
        var sentinel = (await table.GetEntityAsync<TableEntity>(Instance, "sentinel", cancellationToken: cancellation)).Value;
        var next = 0L;
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Instance}"), select: ["RowKey"], cancellationToken: cancellation))
        {
            next = row.RowKey == "sentinel" ? next : Math.Max(next, long.Parse(row.RowKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 1);
        }

        foreach (var forged in Events)
        {
            var row = new TableEntity(Instance, (next++).ToString("X16", CultureInfo.InvariantCulture))
            {
                ["EventId"] = -1,
                ["ExecutionId"] = sentinel.GetString("ExecutionId"),
                ["IsPlayed"] = false,
                ["_Timestamp"] = world.Now,
            };
            foreach (var (name, value) in forged)
            {
                row[name] = RowStep.Value(value);
            }

            await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        }
    }
}
