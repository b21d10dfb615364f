using System.Diagnostics;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.LocalRuntime.Engine;
using Custody.Testing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Bench.Engine;

/// <summary>The durable engine alone, against the official provider's numbers on the same kind of machine.</summary>
internal sealed class EngineBenchmark : IBenchmark
{
    private const int Alone = 30;
    private const int Many = 200;
    private const int InFlight = 20;

    public string Name => "engine";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var counter = new RequestCounter();
        var tables = new TableClientOptions();
        tables.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        var blobs = new BlobClientOptions();
        blobs.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        var sample = new SampleOrchestration();
        await using var engine = DurableEngine.Create(
            new DurableEngineOptions { HubName = "bench", ExtendedSessions = true },
            new TableServiceClient(azurite.PipelineConnection, tables),
            new BlobServiceClient(azurite.PipelineConnection, blobs),
            sample.Catalog(),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await engine.StartAsync(cancellation);
        await ManyAsync(engine.Client, sample, InFlight, InFlight, cancellation);

        await output.WriteLineAsync("engine: 3 activities, 2 events, 3 activities, custom status twice; extended sessions on; Azurite");
        counter.Reset();
        var alone = new List<double>();
        for (var i = 0; i < Alone; i++)
        {
            var watch = Stopwatch.StartNew();
            await OneAsync(engine.Client, sample, cancellation);
            alone.Add(watch.Elapsed.TotalMilliseconds);
        }

        alone.Sort();
        await WriteCountsAsync(output, "one alone", counter, Alone);
        await output.WriteLineAsync(
            $"  latency p50 {alone[Alone / 2]:0.0} ms, best {alone[0]:0.0}, p90 {alone[Alone * 9 / 10]:0.0}; official 90-121 ms: 1/{90 / alone[Alone / 2]:0.0} to 1/{121 / alone[Alone / 2]:0.0} of it (aim 1/4)");

        counter.Reset();
        var all = Stopwatch.StartNew();
        await ManyAsync(engine.Client, sample, Many, InFlight, cancellation);
        var rate = Many / all.Elapsed.TotalSeconds;
        await WriteCountsAsync(output, $"{Many} at {InFlight} in flight", counter, Many);
        await output.WriteLineAsync($"  rate {rate:0.0}/s; official 11-17/s: {rate / 17:0.0} to {rate / 11:0.0} times it (aim 5)");
    }

    private static async Task ManyAsync(DurableTaskClient client, SampleOrchestration sample, int count, int inFlight, CancellationToken cancellation) =>
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = inFlight, CancellationToken = cancellation },
            async (_, token) => await OneAsync(client, sample, token));

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
            $"queue operations 0 (no queue client), rows in batches {(double)counter.BatchRows / instances:0.0}");
    }
}
