using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

/// <summary>What each episode costs and shows, with and without extended sessions.</summary>
public sealed class SessionTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private sealed class Requests : HttpPipelineSynchronousPolicy
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _seen = new();

        public IEnumerable<string> Seen => _seen;

        public override void OnSendingRequest(HttpMessage message) =>
            _seen.Enqueue($"{message.Request.Method} {message.Request.Uri.ToUri().AbsolutePath.Split('/')[^1]}");
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> All => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));
    }

    private static Catalog Walk(Action<bool>? seen = null) => new Catalog()
        .Orchestrator("Walk", async context =>
        {
            seen?.Invoke(context.IsReplaying);
            context.CreateReplaySafeLogger<SessionTests>().LogInformation("begun");
            for (var i = 0; i < 3; i++)
            {
                await context.CallActivityAsync("Say", i);
            }

            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("e0");
            await context.WaitForExternalEvent<string>("e1");
            context.SetCustomStatus("approved");
            for (var i = 3; i < 6; i++)
            {
                await context.CallActivityAsync("Say", i);
            }

            context.CreateReplaySafeLogger("end").LogInformation("ended");
            return 0;
        })
        .Activity<int, int>("Say", i => i);

    private static async Task RunAsync(EngineHost host, string id)
    {
        await host.ScheduleAsync("Walk", id: id);
        await host.UntilCommittedAsync(id, "TaskCompleted", 3);
        await host.Client.RaiseEventAsync(id, "e0", Cancellation);
        await host.Client.RaiseEventAsync(id, "e1", Cancellation);
        await host.Client.WaitForInstanceCompletionAsync(id, Cancellation);
    }

    [Fact]
    public async Task ExtendedSessions_ThreeActivitiesTwoEventsThreeActivities_CostAtMostFourteenTableRequests()
    {
        var requests = new Requests();
        await using var host = await EngineHost.StartAsync(
            azurite, Walk(), tablePolicy: requests, options: o => o with { ExtendedSessions = true });
        var before = requests.Seen.Count();
        await RunAsync(host, "counted");
        var seen = requests.Seen.Skip(before).ToList();
        Assert.True(seen.Count <= 14, string.Join('\n', seen));
        Assert.Equal(9, seen.Count(request => request == "POST $batch"));
    }

    [Fact]
    public async Task ExtendedSessions_On_TheOrchestratorRunsOnce()
    {
        var runs = new List<bool>();
        await using var host = await EngineHost.StartAsync(azurite, Walk(runs.Add), options: o => o with { ExtendedSessions = true });
        await RunAsync(host, "once");
        Assert.Equal([false], runs);
    }

    [Fact]
    public async Task ExtendedSessions_Off_EveryEpisodeReplaysAndLogsOnce()
    {
        var runs = new List<bool>();
        using var lines = new Lines();
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(lines));
        await using var host = await EngineHost.StartAsync(azurite, Walk(runs.Add), logs: logs);
        await RunAsync(host, "often");
        Assert.Equal(9, runs.Count);
        Assert.Equal([false, .. Enumerable.Repeat(true, 8)], runs);
        Assert.Single(lines.All, line => line == "begun");
        Assert.Single(lines.All, line => line == "ended");
    }

    [Fact]
    public async Task ExtendedSessions_Idle_AreDroppedAndComeBackFromHistory()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var runs = new List<bool>();
        await using var host = await EngineHost.StartAsync(
            azurite, Walk(runs.Add), time: time, options: o => o with { ExtendedSessions = true });
        await host.ScheduleAsync("Walk", id: "idle");
        await host.UntilCommittedAsync("idle", "TaskCompleted", 3);
        await host.Client.RaiseEventAsync("idle", "e0", Cancellation);
        for (var i = 0; i < 100 && runs.Count < 2; i++)
        {
            // The session may still be ending its turn when the sweep comes by: sweep again.
            time.Advance(TimeSpan.FromSeconds(45));
            await host.Client.RaiseEventAsync("idle", "other", Cancellation);
        }

        await host.Client.RaiseEventAsync("idle", "e1", Cancellation);
        await host.Client.WaitForInstanceCompletionAsync("idle", Cancellation);
        Assert.Equal([false, true], runs.Take(2));
    }

    [Fact]
    public async Task InstancesRow_EpisodesThatChangeNothingItShows_AreNotWritten()
    {
        await using var host = await EngineHost.StartAsync(azurite, Walk());
        await host.ScheduleAsync("Walk", id: "quiet");
        await host.UntilCommittedAsync("quiet", "TaskCompleted", 3);
        while ((await host.RowAsync("quiet")).GetString("CustomStatus") != "\"waiting\"")
        {
            await Task.Delay(5, Cancellation);
        }

        var before = (await host.RowAsync("quiet")).ETag;
        await host.Client.RaiseEventAsync("quiet", "e0", Cancellation);
        Assert.Equal(before, (await host.RowAsync("quiet")).ETag);
    }

    [Fact]
    public async Task InstancesRow_BehindTheHistory_IsMendedOnTheNextStart()
    {
        var hub = azurite.NewHub();
        await using (var first = await EngineHost.StartAsync(azurite, Walk(), hub))
        {
            await RunAsync(first, "ended");
            await first.ScheduleAsync("Walk", id: "waits");
            await first.UntilCommittedAsync("waits", "TaskCompleted", 3);
        }

        var rows = azurite.Tables().GetTableClient($"{hub}Instances");
        foreach (var id in new[] { "ended", "waits" })
        {
            var stale = new Azure.Data.Tables.TableEntity(id, "") { ["RuntimeStatus"] = "Running", ["CustomStatus"] = "null" };
            await rows.UpdateEntityAsync(stale, Azure.ETag.All, cancellationToken: Cancellation);
        }

        await using var second = await EngineHost.StartAsync(azurite, Walk(), hub);
        await second.UntilStatusAsync("ended", Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Completed);
        while ((await second.RowAsync("waits")).GetString("CustomStatus") != "\"waiting\"")
        {
            await Task.Delay(5, Cancellation);
        }
    }

    [Fact]
    public async Task InstancesRow_Deleted_IsWrittenAgainFromTheHistory()
    {
        await using var host = await EngineHost.StartAsync(azurite, Walk());
        await host.ScheduleAsync("Walk", id: "gone");
        await host.UntilCommittedAsync("gone", "TaskCompleted", 3);
        await host.Tables.GetTableClient($"{host.Hub}Instances").DeleteEntityAsync("gone", "", cancellationToken: Cancellation);
        await host.Client.RaiseEventAsync("gone", "e0", Cancellation);
        await host.Client.RaiseEventAsync("gone", "e1", Cancellation);
        Assert.Equal("Completed", (await host.EndAsync("gone")).RuntimeStatus.ToString());
    }
}
