using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class SteeringTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static Catalog Wait => new Catalog().Orchestrator("Wait", context => context.WaitForExternalEvent<string>("go"));

    [Fact]
    public async Task Suspend_ThenAnEvent_IsRecordedAndSeenOnlyAfterResume()
    {
        await using var host = await EngineHost.StartAsync(azurite, Wait);
        var id = await host.ScheduleAsync("Wait");
        await host.Client.SuspendInstanceAsync(id, "hold", Cancellation);
        Assert.Equal("Suspended", (await host.RowAsync(id)).GetString("RuntimeStatus"));
        await host.Client.RaiseEventAsync(id, "go", "yes", Cancellation);
        Assert.Contains("EventRaised", await host.EventTypesAsync(id));
        Assert.Equal("Suspended", (await host.RowAsync(id)).GetString("RuntimeStatus"));
        await host.Client.ResumeInstanceAsync(id, "go on", Cancellation);
        Assert.Equal("yes", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Suspend_AcrossARestart_StaysSuspended()
    {
        var hub = azurite.NewHub();
        await using (var first = await EngineHost.StartAsync(azurite, Wait, hub))
        {
            await first.ScheduleAsync("Wait", id: "held");
            await first.Client.SuspendInstanceAsync("held", Cancellation);
        }

        await using var second = await EngineHost.StartAsync(azurite, Wait, hub);
        await second.Client.RaiseEventAsync("held", "go", "yes", Cancellation);
        Assert.Equal("Suspended", (await second.RowAsync("held")).GetString("RuntimeStatus"));
        await second.Client.ResumeInstanceAsync("held", Cancellation);
        Assert.Equal("yes", (await second.EndAsync("held")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminate_Waiting_EndsWithTheOutputAndRunsNoCode()
    {
        var ran = 0;
        var catalog = new Catalog().Orchestrator("Wait", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("go");
            }
            finally
            {
                ran++;
            }
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var id = await host.ScheduleAsync("Wait");
        await host.Client.TerminateInstanceAsync(id, "stop", Cancellation);
        var end = await host.EndAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("stop", end.ReadOutputAs<string>());
        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task Terminate_WithAnEventInTheSameEpisode_RunsNoCode()
    {
        await using var host = await EngineHost.StartAsync(azurite, Wait);
        var id = await host.ScheduleAsync("Wait");
        await host.Client.WaitForInstanceStartAsync(id, Cancellation);
        await host.Client.SuspendInstanceAsync(id, Cancellation);
        await host.Client.RaiseEventAsync(id, "go", "yes", Cancellation);
        await host.Client.TerminateInstanceAsync(id, Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Terminate_WhileAnActivityRuns_DropsItsResult()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var catalog = new Catalog()
            .Orchestrator("Call", async context => await context.CallActivityAsync<int>("Slow"))
            .Activity<object, int>("Slow", async (_, _) =>
            {
                await gate.Task;
                left.SetResult();
                return 1;
            });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var id = await host.ScheduleAsync("Call");
        await host.UntilCommittedAsync(id, "TaskScheduled");
        await host.Client.TerminateInstanceAsync(id, Cancellation);
        gate.SetResult();
        await left.Task;
        Assert.DoesNotContain("TaskCompleted", await host.EventTypesAsync(id));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Steering_EndedOrUnknownInstance_Throws()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog().Orchestrator("End", _ => Task.FromResult(1)));
        await host.RunAsync("End", id: "done");
        foreach (var id in new[] { "done", "nobody" })
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.SuspendInstanceAsync(id, Cancellation));
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.ResumeInstanceAsync(id, Cancellation));
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.TerminateInstanceAsync(id, Cancellation));
        }
    }
}
