using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class ContinueAsNewTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static Catalog Loop(bool keepEvents) => new Catalog()
        .Orchestrator("Loop", async context =>
        {
            var round = context.GetInput<int>();
            await context.WaitForExternalEvent<string>($"round{round}");
            if (round < 2)
            {
                context.ContinueAsNew(round + 1, keepEvents);
                return "again";
            }

            return context.InstanceId;
        });

    [Fact]
    public async Task ContinueAsNew_BeginsANewExecutionAtRowZero()
    {
        await using var host = await EngineHost.StartAsync(azurite, Loop(true));
        var id = await host.ScheduleAsync("Loop", 0);
        await host.Client.WaitForInstanceStartAsync(id, Cancellation);
        var first = (await host.RowAsync(id)).GetString("ExecutionId");
        await host.Client.RaiseEventAsync(id, "round0", Cancellation);
        while ((await host.RowAsync(id)).GetString("ExecutionId") == first)
        {
            await Task.Delay(10, Cancellation);
        }

        var rows = await host.HistoryAsync(id);
        Assert.DoesNotContain(first, rows.Take(3).Select(row => row.GetString("ExecutionId")));
        Assert.Equal("ExecutionStarted", rows[1].GetString("EventType"));
        Assert.Equal("1", rows[1].GetString("Input"));
        Assert.Equal(rows[^1].GetString("ExecutionId"), rows[0].GetString("ExecutionId"));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync(id, Cancellation))!.RuntimeStatus);
    }

    [Fact]
    public async Task ContinueAsNew_UnprocessedEvents_AreCarriedOver()
    {
        await using var host = await EngineHost.StartAsync(azurite, Loop(true));
        var id = await host.ScheduleAsync("Loop", 0);
        await host.Client.RaiseEventAsync(id, "round2", Cancellation);
        await host.Client.RaiseEventAsync(id, "round1", Cancellation);
        await host.Client.RaiseEventAsync(id, "round0", Cancellation);
        Assert.Equal(id, (await host.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal("2", (await host.Client.GetInstanceAsync(id, true, Cancellation))!.SerializedInput);
    }

    [Fact]
    public async Task ContinueAsNew_EventsNotPreserved_AreDropped()
    {
        await using var host = await EngineHost.StartAsync(azurite, Loop(false));
        var id = await host.ScheduleAsync("Loop", 0);
        await host.Client.RaiseEventAsync(id, "round1", Cancellation);
        await host.Client.RaiseEventAsync(id, "round0", Cancellation);
        await host.Client.RaiseEventAsync(id, "other", Cancellation);
        var rows = await host.HistoryAsync(id);
        Assert.Equal(["other"], rows.Where(row => row.GetString("EventType") == "EventRaised" && row.GetString("ExecutionId") == rows[0].GetString("ExecutionId"))
            .Select(row => row.GetString("Name")));
    }

    [Fact]
    public async Task ContinueAsNew_ResultOfTheOldExecution_IsDropped()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var catalog = new Catalog()
            .Orchestrator("Leave", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    var left = context.CallActivityAsync<int>("Slow");
                    await context.WaitForExternalEvent<string>("go");
                    context.ContinueAsNew(1);
                    return 0;
                }

                return await context.CallActivityAsync<int>("Fast");
            })
            .Activity<object, int>("Slow", async (_, _) =>
            {
                await gate.Task;
                return 1;
            })
            .Activity<object, int>("Fast", async (_, _) =>
            {
                gate.SetResult();
                await Task.Delay(50, Cancellation);
                return 2;
            });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var id = await host.ScheduleAsync("Leave", 0);
        await host.UntilCommittedAsync(id, "TaskScheduled");
        await host.Client.RaiseEventAsync(id, "go", Cancellation);
        Assert.Equal(2, (await host.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task ContinueAsNew_ThenAnEpisodeOfManyRows_SurvivesARestartBetweenItsBatches()
    {
        var catalog = new Catalog()
            .Orchestrator("Wide", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    context.ContinueAsNew(1);
                    return 0;
                }

                return (await Task.WhenAll(Enumerable.Range(0, 150).Select(i => context.CallActivityAsync<int>("One", i)))).Sum();
            })
            .Activity<int, int>("One", _ => 1);
        var hub = azurite.NewHub();
        var cut = new CutBatches(after: 1);
        var first = await EngineHost.StartAsync(azurite, catalog, hub, tablePolicy: cut);
        await first.ScheduleAsync("Wide", 0, "wide");
        await first.Engine.Stopped.WaitAsync(Cancellation);
        await first.DisposeAsync();

        await using var second = await EngineHost.StartAsync(azurite, catalog, hub);
        Assert.Equal(150, (await second.EndAsync("wide")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task ContinueAsNew_MoreEventsThanATransactionHolds_FailsWithAMessage()
    {
        await using var host = await EngineHost.StartAsync(azurite, Loop(true));
        var id = await host.ScheduleAsync("Loop", 0);
        await Task.WhenAll(Enumerable.Range(0, 110).Select(i => host.Client.RaiseEventAsync(id, "kept", i, Cancellation)));
        await host.Client.RaiseEventAsync(id, "round0", Cancellation);
        var end = await host.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("110 unprocessed events", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }
}
