using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class DeterminismTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static Catalog Code(Func<TaskOrchestrationContext, Task<string>> run) => new Catalog()
        .Orchestrator("Changed", run)
        .Orchestrator("Same", _ => Task.FromResult("fine"))
        .Activity<object, string>("A", _ => "a")
        .Activity<object, string>("B", _ => "b");

    /// <summary>Runs the first code up to its wait, then goes on with the second; gives the end and shows that the host stays up.</summary>
    private async Task<OrchestrationMetadata> ChangeAsync(
        Func<TaskOrchestrationContext, Task<string>> before, Func<TaskOrchestrationContext, Task<string>> after)
    {
        var hub = azurite.NewHub();
        await using (var first = await EngineHost.StartAsync(azurite, Code(before), hub))
        {
            await first.ScheduleAsync("Changed", id: "x");
            await first.Client.RaiseEventAsync("x", "recorded", Cancellation);
            await first.UntilCommittedAsync("x", "TaskCompleted");
        }

        await using var second = await EngineHost.StartAsync(azurite, Code(after), hub);
        var end = await second.EndAsync("x");
        Assert.Equal("fine", (await second.RunAsync("Same")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        return end;
    }

    private static async Task<string> CallAThenWait(TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<string>("A");
        return await context.WaitForExternalEvent<string>("go");
    }

    [Fact]
    public async Task Replay_AnotherActivity_FailsNamingBoth()
    {
        var end = await ChangeAsync(CallAThenWait, context => context.CallActivityAsync<string>("B"));
        Assert.Contains("the history has activity 'A' (#0), but the code asked for activity 'B' (#0)", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ActivityRemoved_FailsNamingIt()
    {
        var end = await ChangeAsync(CallAThenWait, context => context.WaitForExternalEvent<string>("go"));
        Assert.Contains("the history has activity 'A' (#0), but the code did not ask for it", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_ActivityAdded_FailsNamingIt()
    {
        var end = await ChangeAsync(CallAThenWait, async context =>
        {
            await Task.WhenAll(context.CallActivityAsync<string>("A"), context.CallActivityAsync<string>("B"));
            return await context.WaitForExternalEvent<string>("go");
        });
        Assert.Contains("the code asked for activity 'B' (#1), which the history does not have", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_TimerInsteadOfActivity_FailsNamingBoth()
    {
        var end = await ChangeAsync(CallAThenWait, async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return "";
        });
        Assert.Contains("the history has activity 'A' (#0), but the code asked for a timer", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_EndsEarlier_Fails()
    {
        var end = await ChangeAsync(CallAThenWait, async context => await context.CallActivityAsync<string>("A"));
        Assert.Contains("the code ended where the history goes on", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewGuid_AcrossReplays_IsTheSameAndNeverTwice()
    {
        var seen = new List<Guid>();
        var catalog = Code(async context =>
        {
            var (one, two) = (context.NewGuid(), context.NewGuid());
            lock (seen)
            {
                seen.AddRange([one, two]);
            }

            await context.CallActivityAsync<string>("A");
            return "";
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        await host.RunAsync("Changed");
        Assert.Equal(4, seen.Count);
        Assert.Equal(seen[..2], seen[2..]);
        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal(5, seen[0].Version);
    }
}
