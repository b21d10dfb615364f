using Azure.Data.Tables;
using Custody.Testing.Layout;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class LayoutTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static Catalog Sample => new Catalog()
        .Orchestrator("Walk", async context =>
        {
            context.SetCustomStatus(new { stage = "begun" });
            await context.CallActivityAsync("Say", context.GetInput<string>());
            try
            {
                await context.CallActivityAsync("Fail");
            }
            catch (TaskFailedException)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            }

            return await context.WaitForExternalEvent<string>("go");
        })
        .Activity<string, string>("Say", text => text)
        .Activity<object, string>("Fail", _ => throw new ArgumentException("bad"));

    private static async Task AssertOfficialAsync(EngineHost host, string id, string status)
    {
        var row = await host.RowAsync(id);
        Assert.Equal(status, row.GetString("RuntimeStatus"));
        Assert.Empty(OfficialLayout.Differences($"Instances {status}", row));
        foreach (var history in await host.HistoryAsync(id))
        {
            var kind = history.RowKey == "sentinel" ? "sentinel" : history.GetString("EventType");
            Assert.Empty(OfficialLayout.Differences($"History {kind}", history));
        }
    }

    [Fact]
    public async Task FinishedAndWaitingRuns_AgreeWithTheOfficialLayout()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        await host.ScheduleAsync("Walk", "text", "waiting");
        await host.UntilCommittedAsync("waiting", "TimerFired");
        await AssertOfficialAsync(host, "waiting", "Running");

        await host.ScheduleAsync("Walk", "text", "finished");
        await host.UntilCommittedAsync("finished", "TimerFired");
        await host.Client.SuspendInstanceAsync("finished", "hold", Cancellation);
        await host.Client.ResumeInstanceAsync("finished", "on", Cancellation);
        await host.Client.RaiseEventAsync("finished", "go", "yes", Cancellation);
        await host.EndAsync("finished");
        await AssertOfficialAsync(host, "finished", "Completed");

        await host.ScheduleAsync("Walk", "text", "terminated");
        await host.UntilCommittedAsync("terminated", "TimerFired");
        await host.Client.TerminateInstanceAsync("terminated", "stop", Cancellation);
        await AssertOfficialAsync(host, "terminated", "Terminated");
    }

    [Fact]
    public async Task FailedRun_AgreesWithTheOfficialLayout()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog().Orchestrator<string>("Fail", _ => throw new ArgumentException("boom x")));
        await host.RunAsync("Fail", "x", "failed");
        await AssertOfficialAsync(host, "failed", "Failed");
        Assert.Equal("boom x", (await host.RowAsync("failed")).GetString("Output"));
    }

    [Fact]
    public async Task LargeRun_AgreesWithTheOfficialLayout()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog().Orchestrator("Echo", context => Task.FromResult(context.GetInput<string>())));
        await host.RunAsync("Echo", new string('x', 100_000), "large");
        await AssertOfficialAsync(host, "large", "Completed");
    }

    [Fact]
    public async Task PendingRow_AgreesWithTheOfficialLayout()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Walk", "x", new StartOrchestrationOptions("pending", DateTimeOffset.MaxValue.AddDays(-1)), Cancellation);
        var row = await host.RowAsync("pending");
        Assert.True(row.Remove("ScheduledStartTime"));
        Assert.Empty(OfficialLayout.Differences("Instances Pending", row));
    }

    [Fact]
    public void Differences_ColumnOfAnotherType_IsNamed()
    {
        var row = new TableEntity("x", "sentinel") { ["ExecutionId"] = 1, ["IsCheckpointComplete"] = true, ["More"] = "" };
        Assert.Equal(
            ["ExecutionId is Int32, not String", "More is not official", "CheckpointCompletedTimestamp is missing"],
            OfficialLayout.Differences("History sentinel", row));
    }
}
