using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class StartTests(EngineAzurite azurite)
{
    private static Catalog Echo => new Catalog()
        .Orchestrator("Echo", async context => await context.CallActivityAsync<string>("Say", context.GetInput<string>()))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("go"))
        .Activity<string, string>("Say", text => $"said {text}");

    [Fact]
    public async Task Schedule_KnownOrchestrator_CompletesWithItsOutput()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        var end = await host.RunAsync("Echo", "hello");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal("said hello", end.ReadOutputAs<string>());
        Assert.Equal("hello", end.ReadInputAs<string>());
    }

    [Fact]
    public async Task Schedule_NameInAnotherCase_Runs()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        Assert.Equal("said x", (await host.RunAsync("eCHO", "x")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Schedule_UnknownOrchestrator_ThrowsAndNamesTheKnown()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.ScheduleAsync("Nobody"));
        Assert.Contains("Nobody", error.Message, StringComparison.Ordinal);
        Assert.Contains("Echo", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_LiveId_Throws()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        await host.ScheduleAsync("Wait", id: "same");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.ScheduleAsync("Wait", id: "same"));
        Assert.Contains("already exists", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schedule_EndedId_RunsAgainUnderANewExecution()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        await host.RunAsync("Echo", "one", "again");
        var first = (await host.RowAsync("again")).GetString("ExecutionId");
        var end = await host.RunAsync("Echo", "two", "again");
        Assert.Equal("said two", end.ReadOutputAs<string>());
        Assert.NotEqual(first, (await host.RowAsync("again")).GetString("ExecutionId"));
    }

    [Fact]
    public async Task Schedule_EndedIdWithALongerHistory_ReadsOnlyTheNewExecution()
    {
        var catalog = Echo.Orchestrator("Long", async context =>
        {
            for (var i = 0; i < 5; i++)
            {
                await context.CallActivityAsync<string>("Say", "x");
            }

            return "long";
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        await host.RunAsync("Long", id: "again");
        Assert.Equal("said short", (await host.RunAsync("Echo", "short", "again")).ReadOutputAs<string>());
        Assert.True((await host.HistoryAsync("again")).Select(row => row.GetString("ExecutionId")).Distinct().Count() == 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("@counter@a")]
    [InlineData("line\n")]
    public async Task Schedule_IdThatIsNone_Throws(string id)
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        await Assert.ThrowsAsync<ArgumentException>(() => host.ScheduleAsync("Echo", "x", id));
    }

    [Fact]
    public async Task Schedule_TwentyAtOnceWithOneId_ExactlyOneWins()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        var tries = Enumerable.Range(0, 20).Select(i => host.ScheduleAsync("Wait", i, "one")).ToList();
        await Task.WhenAll(tries.Select(t => t.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(1, tries.Count(t => t.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Schedule_StartAt_StartsThenAndNotBefore()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host = await EngineHost.StartAsync(azurite, Echo, time: time);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", "late", new StartOrchestrationOptions("later", time.GetUtcNow().AddDays(40)), EngineHost.Cancellation);
        time.Advance(TimeSpan.FromDays(39));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.Client.GetInstanceAsync("later", EngineHost.Cancellation))!.RuntimeStatus);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync("later", "go", EngineHost.Cancellation));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("said late", (await host.EndAsync("later")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Start_PendingRowWithoutHistory_IsStartedFromTheRow()
    {
        var hub = azurite.NewHub();
        await using (var host = await EngineHost.StartAsync(azurite, Echo, hub))
        {
            await host.RunAsync("Echo", "seed", "seed");
        }

        var table = azurite.Tables().GetTableClient($"{hub}Instances");
        var row = (await table.GetEntityAsync<Azure.Data.Tables.TableEntity>("seed", "", cancellationToken: EngineHost.Cancellation)).Value;
        var pending = new Azure.Data.Tables.TableEntity("orphan", "")
        {
            ["Name"] = "Echo",
            ["Input"] = "\"found\"",
            ["RuntimeStatus"] = "Pending",
            ["CreatedTime"] = row["CreatedTime"],
            ["LastUpdatedTime"] = row["LastUpdatedTime"],
            ["ExecutionId"] = "e1",
        };
        await table.AddEntityAsync(pending, EngineHost.Cancellation);
        await using var again = await EngineHost.StartAsync(azurite, Echo, hub);
        Assert.Equal("said found", (await again.EndAsync("orphan")).ReadOutputAs<string>());
        Assert.Equal("e1", (await again.RowAsync("orphan")).GetString("ExecutionId"));
    }

    [Fact]
    public async Task WaitForInstanceStart_Scheduled_EndsWhenTheFirstEpisodeIsShown()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        var id = await host.ScheduleAsync("Wait");
        var started = await host.Client.WaitForInstanceStartAsync(id, EngineHost.Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Running, started.RuntimeStatus);
    }

    [Fact]
    public async Task WaitForInstanceCompletion_UnknownId_Throws()
    {
        await using var host = await EngineHost.StartAsync(azurite, Echo);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.EndAsync("nobody"));
    }

    [Fact]
    public async Task Client_AfterTheStop_ThrowsInsteadOfWaiting()
    {
        var host = await EngineHost.StartAsync(azurite, Echo);
        var id = await host.ScheduleAsync("Wait");
        var waiting = host.EndAsync(id);
        await host.DisposeAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.ScheduleAsync("Echo", "x"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.EndAsync(id));
    }
}
