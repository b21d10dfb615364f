using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Azure.Data.Tables;
using Custody.Core.Withdrawals;
using Custody.Testing.App;

namespace Custody.Bench.Pipeline;

/// <summary>
/// What a thousand withdrawals that wait for approval cost in storage operations, and how long a vote takes from the POST until
/// its orchestration has counted it, while they wait.
/// </summary>
internal sealed class WaitingBenchmark : IBenchmark
{
    private const int Waiting = 1000;
    private const int Votes = 100;
    private const int InFlight = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public string Name => "waiting";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var counts = new PipelineCounts();
        var arrivals = new Arrivals();
        await using var system = await RunningSystem.StartAsync(
            new RunningSystemOptions
            {
                StorageLine = counts.Storage,
                AppLine = arrivals.Line,
                SweepSchedule = "*/10 * * * * *",
                Settings = new Dictionary<string, string> { ["AzureFunctionsJobHost__extensions__durableTask__extendedSessionsEnabled"] = "true" },
                Plan = plan => plan with { Limits = [.. plan.Limits.Select(l => l with { MaxAmount = BigInteger.Pow(10, 24) })] },
            },
            cancellation);
        await output.WriteLineAsync($"waiting: {Waiting} withdrawals that wait for 2 approvals; a sweep every 10 s; counted in Azurite's access log");
        var idle = await CountAsync(counts, cancellation);
        var ids = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Waiting), new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = cancellation }, async (number, _) =>
        {
            var id = (await system.Api.SubmitAsync(ApiClient.Request($"wait-{number}", BigInteger.Pow(10, 15)))).Id;
            await arrivals.At(id, WithdrawalStatus.AwaitingApproval).WaitAsync(cancellation);
            ids.Enqueue(id);
        });
        var settling = Stopwatch.StartNew();
        await UntilAllRestAsync(system, cancellation);
        settling.Stop();
        var waiting = await CountAsync(counts, cancellation);
        await output.WriteLineAsync(Line($"  storage operations {idle} in {Interval.TotalSeconds:0} s with none waiting, {waiting} with {Waiting}: a difference of {waiting - idle}, {(double)(waiting - idle) / Waiting:0.000} for each that waits (budget 0; 1 or 2 are another page of the sweeper's list)"));
        await output.WriteLineAsync(Line($"  at rest            {settling.Elapsed.TotalSeconds:0} s after the last was accepted, each looked at until then"));

        var took = new List<double>();
        foreach (var id in ids.Take(Votes))
        {
            await system.Api.VoteAsync(id, "alice");
            var watch = Stopwatch.StartNew();
            await system.Api.VoteAsync(id, "bob");
            await arrivals.At(id, WithdrawalStatus.Approved).WaitAsync(cancellation);
            took.Add(watch.Elapsed.TotalMilliseconds);
        }

        took.Sort();
        await output.WriteLineAsync(Line($"  vote               POST of the approval → counted by its orchestration: p50 {took[Votes / 2]:0} ms, p95 {took[Votes * 95 / 100]:0} ms ({Votes}, one after the other)"));
    }

    private static async Task<long> CountAsync(PipelineCounts counts, CancellationToken cancellation)
    {
        counts.Reset();
        await Task.Delay(Interval, cancellation);
        return counts.StorageTotal;
    }

    private static async Task UntilAllRestAsync(RunningSystem system, CancellationToken cancellation)
    {
        var table = new TableClient(system.Azurite.PipelineConnection, "OpenWithdrawals");
        int resting;
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
            resting = await table.QueryAsync<TableEntity>(cancellationToken: cancellation).CountAsync(r => r.ContainsKey("RestsUntil"), cancellation);
        }
        while (resting < Waiting);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
