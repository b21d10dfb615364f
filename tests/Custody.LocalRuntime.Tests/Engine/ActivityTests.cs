using Custody.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class ActivityTests(EngineAzurite azurite)
{
    private static readonly RetryPolicy ThreeTimes = new(3, TimeSpan.FromSeconds(1), 2.0);

    [Fact]
    public async Task CallActivity_FanOutAndIn_GivesEveryResultInOrder()
    {
        var catalog = new Catalog()
            .Orchestrator("Fan", async context => await Task.WhenAll(
                Enumerable.Range(0, 30).Select(i => context.CallActivityAsync<int>("Square", i))))
            .Activity<int, int>("Square", i => i * i);
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var end = await host.RunAsync("Fan");
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i * i), end.ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task CallActivity_WhenAny_GoesOnWithTheFirst()
    {
        var slow = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var catalog = new Catalog()
            .Orchestrator("Race", async context =>
            {
                var first = await Task.WhenAny(context.CallActivityAsync<string>("Slow"), context.CallActivityAsync<string>("Fast"));
                return await first;
            })
            .Activity<object, string>("Slow", async (_, _) => await slow.Task)
            .Activity<object, string>("Fast", _ => "fast");
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        Assert.Equal("fast", (await host.RunAsync("Race")).ReadOutputAs<string>());
        slow.SetResult("slow");
    }

    [Fact]
    public async Task CallActivity_Throws_TaskFailedExceptionHasTypeMessageAndInner()
    {
        var catalog = new Catalog()
            .Orchestrator("Catch", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Fail");
                    return "no";
                }
                catch (TaskFailedException e)
                {
                    var inner = e.FailureDetails.InnerFailure!.ErrorType;
                    return $"{e.TaskName}|{e.TaskId}|{e.FailureDetails.ErrorType}|{e.FailureDetails.ErrorMessage}|{inner}|{e.IsCausedByException<ArgumentException>()}";
                }
            })
            .Activity<object, object>("Fail", _ => throw new ArgumentNullException("bad x", new TimeoutException()));
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        Assert.Equal(
            "Fail|0|System.ArgumentNullException|bad x|System.TimeoutException|True", (await host.RunAsync("Catch")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CallActivity_UnknownName_FailsTheTaskAndNamesTheKnown()
    {
        var catalog = new Catalog()
            .Orchestrator("Call", async context => await context.CallActivityAsync<string>("Missing"))
            .Activity<object, string>("Present", _ => "");
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var end = await host.RunAsync("Call");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", end.FailureDetails!.ErrorType);
        Assert.Contains("no activity 'Missing'", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Present", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallActivity_ResultOfAnotherShape_ThrowsInTheOrchestrator()
    {
        var catalog = new Catalog()
            .Orchestrator("Read", async context =>
            {
                try
                {
                    return (await context.CallActivityAsync<int>("Text")).ToString(System.Globalization.CultureInfo.InvariantCulture);
                }
                catch (System.Text.Json.JsonException)
                {
                    return "caught";
                }
            })
            .Activity<object, string>("Text", _ => "not a number");
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        Assert.Equal("caught", (await host.RunAsync("Read")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CallActivity_InputOfAnotherShape_FailsTheTaskOnly()
    {
        var catalog = new Catalog()
            .Orchestrator("Send", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Number", "not a number");
                    return "no";
                }
                catch (TaskFailedException e)
                {
                    return e.FailureDetails.ErrorType;
                }
            })
            .Activity<int, int>("Number", i => i);
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        Assert.Equal("System.Text.Json.JsonException", (await host.RunAsync("Send")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Retry_FailsTwice_SucceedsAfterTimersWithBackoff()
    {
        var attempts = 0;
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)) { AutoAdvanceAmount = TimeSpan.Zero };
        var catalog = new Catalog()
            .Orchestrator("Retry", async context => await context.CallActivityAsync<int>("Flaky", TaskOptions.FromRetryPolicy(ThreeTimes)))
            .Activity<object, int>("Flaky", _ => ++attempts < 3 ? throw new InvalidOperationException("not yet") : attempts);
        await using var host = await EngineHost.StartAsync(azurite, catalog, time: time);
        var id = await host.ScheduleAsync("Retry");
        await host.UntilCommittedAsync(id, "TimerCreated");
        time.Advance(TimeSpan.FromSeconds(1));
        await host.UntilCommittedAsync(id, "TimerCreated", 2);
        Assert.Equal(2, attempts);
        time.Advance(TimeSpan.FromSeconds(1));
        await host.UntilCommittedAsync(id, "TimerFired");
        Assert.Equal(2, attempts);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, (await host.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Retry_FailsEveryTime_WritesATimerAfterTheLastAttemptToo()
    {
        var catalog = new Catalog()
            .Orchestrator("Retry", async context => await context.CallActivityAsync<int>(
                "Broken", TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)))))
            .Activity<object, int>("Broken", _ => throw new FormatException("always"));
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var id = await host.ScheduleAsync("Retry");
        var end = await host.EndAsync(id);
        Assert.Equal("System.FormatException", end.FailureDetails!.InnerFailure!.ErrorType);
        var rows = await host.HistoryAsync(id);
        var timers = rows.Where(row => row.GetString("EventType") == "TimerCreated").ToList();
        Assert.Equal(2, timers.Count);
        Assert.Equal(2, rows.Count(row => row.GetString("EventType") == "TaskScheduled"));
        var episode = rows.Last(row => row.GetString("EventType") == "OrchestratorStarted"
            && string.CompareOrdinal(row.RowKey, timers[1].RowKey) < 0);
        Assert.Equal(episode.GetDateTimeOffset("_Timestamp"), timers[1].GetDateTimeOffset("FireAt"));
    }

    [Fact]
    public async Task Stop_WhileAnActivityRuns_CancelsItAndTheNextHostRunsItAgain()
    {
        var hub = azurite.NewHub();
        var runs = 0;
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var catalog = new Catalog()
            .Orchestrator("One", async context => await context.CallActivityAsync<int>("Slow"))
            .Activity<object, int>("Slow", async (_, call) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    running.SetResult();
                    await Task.Delay(Timeout.Infinite, call.Cancellation);
                }

                return runs;
            });
        await using (var first = await EngineHost.StartAsync(azurite, catalog, hub))
        {
            await first.ScheduleAsync("One", id: "slow");
            await running.Task;
        }

        await using var second = await EngineHost.StartAsync(azurite, catalog, hub);
        Assert.Equal(2, (await second.EndAsync("slow")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task ActivityCall_Always_NamesInstanceExecutionAndTask()
    {
        ActivityCall? seen = null;
        var catalog = new Catalog()
            .Orchestrator("One", async context =>
            {
                await context.CallActivityAsync("Look");
                return 0;
            })
            .Activity<object, int>("Look", (_, call) =>
            {
                seen = call;
                return Task.FromResult(0);
            });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        await host.RunAsync("One", id: "named");
        Assert.Equal(("Look", "named", 0), (seen!.Name, seen.InstanceId, seen.TaskId));
        Assert.Equal((await host.RowAsync("named")).GetString("ExecutionId"), seen.ExecutionId);
    }
}
