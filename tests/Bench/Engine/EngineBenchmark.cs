using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.LocalRuntime.Engine;
using Custody.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Bench.Engine;

/// <summary>The durable engine alone, against the official provider's numbers and the bare writes at the same moment.</summary>
internal sealed class EngineBenchmark : IBenchmark
{
    private const int Alone = 30;
    private const int Many = 200;
    private const int InFlight = 20;
    private const int Waiting = 1000;

    public string Name => "engine";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var counter = new RequestCounter();
        var tableOptions = new TableClientOptions();
        tableOptions.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        var blobOptions = new BlobClientOptions();
        blobOptions.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        var tables = new TableServiceClient(azurite.PipelineConnection, tableOptions);
        var sample = new SampleOrchestration();
        await using var engine = DurableEngine.Create(
            new DurableEngineOptions { HubName = "bench", ExtendedSessions = true },
            tables, new BlobServiceClient(azurite.PipelineConnection, blobOptions), sample.Catalog(), TimeProvider.System, NullLoggerFactory.Instance);
        await engine.StartAsync(cancellation);
        var bare = new BareWrites(tables);
        await bare.CreateAsync(cancellation);
        await ManyAsync(InFlight, token => OneAsync(engine.Client, sample, token), cancellation);
        await ManyAsync(InFlight, bare.OneAsync, cancellation);

        await output.WriteLineAsync("engine: 3 activities, 2 events, 3 activities, custom status twice; extended sessions on; Azurite on disk");
        await AloneAsync(output, azurite.ProcessId, engine.Client, sample, counter, bare, cancellation);
        await ManyAsync(output, azurite.ProcessId, engine.Client, sample, counter, bare, cancellation);
        await WaitingAsync(output, engine.Client, cancellation);
    }

    private static async Task AloneAsync(
        TextWriter output, int azurite, DurableTaskClient client, SampleOrchestration sample, RequestCounter counter, BareWrites bare, CancellationToken cancellation)
    {
        var (engine, baseline) = (new List<double>(), new List<double>());
        counter.Reset(countRows: true);
        await OneAsync(client, sample, cancellation);
        await WriteCountsAsync(output, "one, counted", counter, 1);
        await output.WriteLineAsync($"  rows in batches {counter.BatchRows}");
        counter.Reset(countRows: false);
        for (var i = 0; i < Alone; i++)
        {
            engine.Add((await Measured.RunAsync(azurite, () => OneAsync(client, sample, cancellation))).Elapsed.TotalMilliseconds);
        }

        for (var i = 0; i < Alone; i++)
        {
            baseline.Add((await Measured.RunAsync(azurite, () => bare.OneAsync(cancellation))).Elapsed.TotalMilliseconds);
        }

        engine.Sort();
        baseline.Sort();
        var (p50, bare50) = (engine[Alone / 2], baseline[Alone / 2]);
        await output.WriteLineAsync(
            $"one alone: p50 {p50:0.0} ms, best {engine[0]:0.0}; bare writes now p50 {bare50:0.0}, best {baseline[0]:0.0} ({p50 / bare50:0.00} times them); " +
            $"official, quiet, 90-121 ms: 1/{90 / p50:0.0} to 1/{121 / p50:0.0} of it (aim 1/4)");
    }

    private static async Task ManyAsync(
        TextWriter output, int azurite, DurableTaskClient client, SampleOrchestration sample, RequestCounter counter, BareWrites bare, CancellationToken cancellation)
    {
        counter.Reset(countRows: false);
        var engine = await Measured.RunAsync(azurite, () => ManyAsync(Many, token => OneAsync(client, sample, token), cancellation));
        await WriteCountsAsync(output, $"{Many} at {InFlight} in flight", counter, Many);
        var baseline = await Measured.RunAsync(azurite, () => ManyAsync(Many, bare.OneAsync, cancellation));
        var rate = engine.Rate(Many);
        await output.WriteLineAsync($"  {engine.Cpu("engine", Many)}; {baseline.Cpu("bare writes", Many)}");
        await output.WriteLineAsync(
            $"  rate {rate:0.0}/s; bare writes now {baseline.Rate(Many):0.0}/s ({rate / baseline.Rate(Many):0.00} of them); " +
            $"official, quiet, 11-17/s: {rate / 17:0.0} to {rate / 11:0.0} times it (aim 5)");
    }

    private static async Task WaitingAsync(TextWriter output, DurableTaskClient client, CancellationToken cancellation)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ManyAsync(
            Waiting,
            async token =>
            {
                var id = await client.ScheduleNewOrchestrationInstanceAsync(SampleOrchestration.WaitingName, token);
                await client.WaitForInstanceStartAsync(id, token);
            },
            cancellation);
        var added = GC.GetTotalMemory(forceFullCollection: true) - before;
        await output.WriteLineAsync($"{Waiting} waiting instances: {added / 1024.0 / Waiting:0.0} KB of managed memory each, sessions kept");
    }

    private static async Task ManyAsync(int count, Func<CancellationToken, Task> one, CancellationToken cancellation) =>
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation },
            async (_, token) => await one(token));

    private static async Task OneAsync(DurableTaskClient client, SampleOrchestration sample, CancellationToken cancellation)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(
            SampleOrchestration.Name, Guid.NewGuid().ToString("N"), (StartOrchestrationOptions?)null, cancellation);
        await sample.UntilWaitingAsync(id).WaitAsync(cancellation);
        await client.RaiseEventAsync(id, "first", "yes", cancellation);
        await client.RaiseEventAsync(id, "second", "yes", cancellation);
        var end = await client.WaitForInstanceCompletionAsync(id, cancellation);
        if (end.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw new InvalidOperationException($"Instance {id} ended {end.RuntimeStatus}.");
        }
    }

    private static async Task WriteCountsAsync(TextWriter output, string title, RequestCounter counter, int instances)
    {
        await output.WriteLineAsync($"{title}:");
        foreach (var (kind, count) in counter.Kinds)
        {
            await output.WriteLineAsync($"  {kind,-22} {(double)count / instances:0.00} an instance");
        }

        var requests = (double)counter.Total / instances;
        await output.WriteLineAsync(
            $"  requests {requests:0.00} an instance (budget 14; official 51-61 without polls: 1/{51 / requests:0.0} to 1/{61 / requests:0.0}), " +
            $"queue operations 0 (there is no queue client)");
    }
}
