using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Custody.Core.Withdrawals;
using Custody.Testing.App;

namespace Custody.Bench.Pipeline;

/// <summary>
/// ETH withdrawals with two approvals each through the whole app, under the real Azurite, anvil and SoftHSM: rate, time from
/// request to broadcast, storage operations and node calls for each, and what waiting withdrawals keep in memory.
/// </summary>
internal sealed class PipelineBenchmark : IBenchmark
{
    private const int Withdrawals = 200;
    private const int InFlight = 20;
    private const int Waiting = 1000;

    public string Name => "pipeline";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var counts = new PipelineCounts();
        var arrivals = new Arrivals();
        await using var system = await RunningSystem.StartAsync(
            new RunningSystemOptions
            {
                StorageLine = counts.Storage,
                NodeLine = counts.Node,
                AppLine = arrivals.Line,
                SweepSchedule = "0 * * * * *",
                Settings = new Dictionary<string, string> { ["AzureFunctionsJobHost__extensions__durableTask__extendedSessionsEnabled"] = "true" },
                Plan = plan => plan with { Limits = [.. plan.Limits.Select(l => l with { MaxAmount = BigInteger.Pow(10, 24) })] },
            },
            cancellation);
        await PayAsync(system, arrivals, "warm", 20, null, cancellation);
        var (idleStorage, idleNode) = await counts.IdleAsync(TimeSpan.FromSeconds(10), cancellation);
        await output.WriteLineAsync($"pipeline: {Withdrawals} withdrawals of native ETH, 2 approvals each, {InFlight} in flight; extended sessions on; block time 1 s");
        counts.Reset();
        var watch = Stopwatch.StartNew();
        var toBroadcast = new ConcurrentBag<TimeSpan>();
        await PayAsync(system, arrivals, "bench", Withdrawals, toBroadcast, cancellation);
        await WriteAsync(output, counts, watch.Elapsed, toBroadcast, idleStorage, idleNode);
        await MemoryAsync(system, arrivals, output, cancellation);
    }

    private static async Task WriteAsync(
        TextWriter output, PipelineCounts counts, TimeSpan took, ConcurrentBag<TimeSpan> toBroadcast, double idleStorage, double idleNode)
    {
        var ordered = toBroadcast.Order().ToList();
        await output.WriteLineAsync(Line($"  settled            {Withdrawals / took.TotalSeconds:0.0}/s ({took.TotalSeconds:0.0} s)"));
        await output.WriteLineAsync(Line(
            $"  approval→broadcast p50 {ordered[ordered.Count / 2].TotalMilliseconds:0} ms, p95 {ordered[ordered.Count * 95 / 100].TotalMilliseconds:0} ms"));
        await output.WriteLineAsync(Line(
            $"  storage operations {Per(counts.StorageTotal, took, idleStorage):0.0} per withdrawal, its client's 5 calls included ({counts.StorageTotal} in all, {idleStorage:0.0}/s of them by the timers)"));
        foreach (var (kind, count) in counts.ByKind.OrderByDescending(k => k.Value).Take(14))
        {
            await output.WriteLineAsync(Line($"    {(double)count / Withdrawals,6:0.0}  {kind}"));
        }

        await output.WriteLineAsync(Line($"  node calls         {Per(counts.NodeTotal, took, idleNode):0.0} per withdrawal ({counts.NodeTotal} in all, {idleNode:0.0}/s of them by the timers)"));
    }

    private static double Per(long total, TimeSpan took, double idle) => Math.Max(0, total - (idle * took.TotalSeconds)) / Withdrawals;

    private static async Task MemoryAsync(RunningSystem system, Arrivals arrivals, TextWriter output, CancellationToken cancellation)
    {
        await system.KillAndRestartAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        var idle = ResidentMegabytes(system);
        await Parallel.ForEachAsync(Enumerable.Range(0, Waiting), new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation }, async (number, _) =>
        {
            var id = (await system.Api.SubmitAsync(ApiClient.Request($"wait-{number}", BigInteger.Pow(10, 15)))).Id;
            await arrivals.At(id, WithdrawalStatus.AwaitingApproval).WaitAsync(cancellation);
        });
        await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        var busy = ResidentMegabytes(system);
        await system.KillAndRestartAsync(cancellation);
        await Task.Delay(TimeSpan.FromSeconds(10), cancellation);
        await output.WriteLineAsync(Line($"  memory             {idle} MB idle; {busy} MB after accepting {Waiting} that wait; {ResidentMegabytes(system)} MB after a restart with them"));
    }

    private static async Task PayAsync(
        RunningSystem system, Arrivals arrivals, string prefix, int count, ConcurrentBag<TimeSpan>? toBroadcast, CancellationToken cancellation) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation }, async (number, _) =>
        {
            var id = (await system.Api.SubmitAsync(ApiClient.Request($"{prefix}-{number}", BigInteger.Pow(10, 16)))).Id;
            await arrivals.At(id, WithdrawalStatus.AwaitingApproval).WaitAsync(cancellation);
            await system.Api.VoteAsync(id, "alice");
            var watch = Stopwatch.StartNew();
            await system.Api.VoteAsync(id, "bob");
            await arrivals.At(id, WithdrawalStatus.Broadcast).WaitAsync(cancellation);
            toBroadcast?.Add(watch.Elapsed);
            await arrivals.At(id, WithdrawalStatus.Settled).WaitAsync(cancellation);
        });

    private static long ResidentMegabytes(RunningSystem system)
    {
        using var process = Process.GetProcessById(system.App!.Id);
        return process.WorkingSet64 / (1024 * 1024);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
