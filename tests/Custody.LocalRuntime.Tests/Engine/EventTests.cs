using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class EventTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    [Fact]
    public async Task RaiseEvent_NameInAnotherCase_IsReceived()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog().Orchestrator("Wait", c => c.WaitForExternalEvent<string>("Approval")));
        var id = await host.ScheduleAsync("Wait");
        await host.Client.RaiseEventAsync(id, "aPPROVAL", "yes", Cancellation);
        Assert.Equal("yes", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task RaiseEvent_BeforeAnyoneWaits_IsKeptInOrder()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var catalog = new Catalog()
            .Orchestrator("Late", async context =>
            {
                await context.CallActivityAsync("Gate");
                return await context.WaitForExternalEvent<int>("n") + "," + await context.WaitForExternalEvent<int>("N") + ","
                    + await context.WaitForExternalEvent<int>("n");
            })
            .Activity<object, int>("Gate", async (_, _) =>
            {
                await gate.Task;
                return 0;
            });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var id = await host.ScheduleAsync("Late");
        for (var i = 1; i <= 3; i++)
        {
            await host.Client.RaiseEventAsync(id, "n", i, Cancellation);
        }

        gate.SetResult();
        Assert.Equal("1,2,3", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task RaiseEvent_Returns_OnlyOnceItsRowIsCommitted()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog().Orchestrator("Wait", c => c.WaitForExternalEvent<string>("never")));
        var id = await host.ScheduleAsync("Wait");
        for (var i = 0; i < 5; i++)
        {
            await host.Client.RaiseEventAsync(id, "other", i, Cancellation);
            Assert.Equal(i + 1, (await host.EventTypesAsync(id)).Count(type => type == "EventRaised"));
        }
    }

    [Fact]
    public async Task RaiseEvent_ManyAtOnce_ShareCommits()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog().Orchestrator("Wait", c => c.WaitForExternalEvent<string>("never")));
        var id = await host.ScheduleAsync("Wait");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => host.Client.RaiseEventAsync(id, "other", i, Cancellation)));
        var types = await host.EventTypesAsync(id);
        Assert.Equal(50, types.Count(type => type == "EventRaised"));
        Assert.True(types.Count(type => type == "OrchestratorStarted") < 25);
    }

    [Fact]
    public async Task RaiseEvent_UnknownInstance_Throws()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog());
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync("nobody", "n", Cancellation));
    }

    [Fact]
    public async Task RaiseEvent_EndedInstance_Throws()
    {
        await using var host = await EngineHost.StartAsync(azurite, new Catalog().Orchestrator("End", _ => Task.FromResult(1)));
        var id = await host.ScheduleAsync("End");
        await host.EndAsync(id);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync(id, "n", Cancellation));
        Assert.Contains("already ended", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForExternalEvent_SeveralWaiters_TheNewestIsServedFirst()
    {
        var catalog = new Catalog().Orchestrator("Two", async context =>
        {
            var older = context.WaitForExternalEvent<string>("n");
            var newer = context.WaitForExternalEvent<string>("n");
            var first = await Task.WhenAny(older, newer);
            var name = first == newer ? "newer" : "older";
            await Task.WhenAll(older, newer);
            return $"{name}:{newer.Result},{older.Result}";
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var id = await host.ScheduleAsync("Two");
        await host.Client.RaiseEventAsync(id, "n", "1", Cancellation);
        await host.Client.RaiseEventAsync(id, "n", "2", Cancellation);
        Assert.Equal("newer:1,2", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_TimesOut_ThrowsAndStillSwallowsTheNextEvent()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var catalog = new Catalog().Orchestrator("TimeOut", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("n", TimeSpan.FromHours(1));
            }
            catch (TaskCanceledException)
            {
                // A wait on another name keeps the instance alive while the first event goes to the cancelled waiter.
                await context.WaitForExternalEvent<string>("swallowed");
                return await context.WaitForExternalEvent<string>("n");
            }
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog, time: time);
        var id = await host.ScheduleAsync("TimeOut");
        await host.UntilCommittedAsync(id, "TimerCreated");
        time.Advance(TimeSpan.FromHours(1));
        await host.UntilCommittedAsync(id, "TimerFired");
        await host.Client.RaiseEventAsync(id, "n", "lost", Cancellation);
        await host.Client.RaiseEventAsync(id, "swallowed", "", Cancellation);
        await host.Client.RaiseEventAsync(id, "n", "kept", Cancellation);
        Assert.Equal("kept", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_ArrivesInTime_TheTimerFindsNobody()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var catalog = new Catalog().Orchestrator("InTime", async context =>
        {
            var value = await context.WaitForExternalEvent<string>("n", TimeSpan.FromHours(1));
            await context.WaitForExternalEvent<string>("end");
            return value;
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog, time: time);
        var id = await host.ScheduleAsync("InTime");
        await host.Client.RaiseEventAsync(id, "n", "yes", Cancellation);
        time.Advance(TimeSpan.FromHours(2));
        await host.UntilCommittedAsync(id, "TimerFired");
        await host.Client.RaiseEventAsync(id, "end", "", Cancellation);
        Assert.Equal("yes", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_PayloadOfAnotherShape_ThrowsInTheOrchestrator()
    {
        var catalog = new Catalog().Orchestrator("Typed", async context =>
        {
            try
            {
                return $"{await context.WaitForExternalEvent<int>("n")}";
            }
            catch (System.Text.Json.JsonException)
            {
                return "caught";
            }
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var id = await host.ScheduleAsync("Typed");
        await host.Client.RaiseEventAsync(id, "n", "not a number", Cancellation);
        Assert.Equal("caught", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_SameNameAnotherType_Throws()
    {
        var catalog = new Catalog().Orchestrator("Mixed", async context =>
        {
            _ = context.WaitForExternalEvent<int>("n");
            await context.WaitForExternalEvent<string>("N");
            return 0;
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        var end = await host.RunAsync("Mixed");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("same type argument", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }
}
