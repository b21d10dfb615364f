using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

/// <summary>A started engine on a hub of its own. Extended sessions are off: every episode replays from storage.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private EngineHost(DurableEngine engine, EngineAzurite azurite, string hub)
    {
        Engine = engine;
        Hub = hub;
        Tables = azurite.Tables();
        Blobs = azurite.Blobs();
    }

    public DurableEngine Engine { get; }

    public DurableTaskClient Client => Engine.Client;

    public string Hub { get; }

    public TableServiceClient Tables { get; }

    public BlobServiceClient Blobs { get; }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EngineHost> StartAsync(
        EngineAzurite azurite,
        Catalog catalog,
        string? hub = null,
        TimeProvider? time = null,
        ILoggerFactory? logs = null,
        HttpPipelinePolicy? tablePolicy = null,
        Func<DurableEngineOptions, DurableEngineOptions>? options = null)
    {
        var name = hub ?? azurite.NewHub();
        var chosen = new DurableEngineOptions { HubName = name };
        var engine = DurableEngine.Create(
            options?.Invoke(chosen) ?? chosen, azurite.Tables(tablePolicy), azurite.Blobs(), catalog.Build(), time ?? TimeProvider.System,
            logs ?? NullLoggerFactory.Instance);
        await engine.StartAsync(Cancellation);
        return new EngineHost(engine, azurite, name);
    }

    public Task<string> ScheduleAsync(string name, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, id is null ? null : new StartOrchestrationOptions(id), Cancellation);

    public Task<OrchestrationMetadata> EndAsync(string id) => Client.WaitForInstanceCompletionAsync(id, true, Cancellation);

    public async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, string? id = null) =>
        await EndAsync(await ScheduleAsync(name, input, id));

    /// <summary>The history rows in order, the sentinel last.</summary>
    public async Task<List<TableEntity>> HistoryAsync(string id)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Tables.GetTableClient($"{Hub}History").QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {id}"), cancellationToken: Cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    public async Task<List<string>> EventTypesAsync(string id) =>
        [.. (await HistoryAsync(id)).Where(row => row.RowKey != "sentinel").Select(row => row.GetString("EventType"))];

    public async Task<TableEntity> RowAsync(string id) =>
        (await Tables.GetTableClient($"{Hub}Instances").GetEntityAsync<TableEntity>(id, "", cancellationToken: Cancellation)).Value;

    /// <summary>Waits until a history row of that type is committed.</summary>
    public async Task UntilCommittedAsync(string id, string eventType, int count = 1)
    {
        while ((await EventTypesAsync(id)).Count(type => type == eventType) < count)
        {
            await Task.Delay(10, Cancellation);
        }
    }

    public async Task UntilStatusAsync(string id, OrchestrationRuntimeStatus status)
    {
        while ((await Client.GetInstanceAsync(id, Cancellation))?.RuntimeStatus != status)
        {
            await Task.Delay(10, Cancellation);
        }
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
