using Microsoft.DurableTask;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class TimerTests(EngineAzurite azurite)
{
    private static readonly DateTimeOffset Start = new(2026, 8, 15, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public async Task CreateTimer_LongerThanThreeDays_IsSplit()
    {
        var catalog = new Catalog().Orchestrator("Long", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog, time: _time);
        var id = await host.ScheduleAsync("Long");
        for (var timer = 1; timer <= 3; timer++)
        {
            await host.UntilCommittedAsync(id, "TimerCreated", timer);
            _time.Advance(TimeSpan.FromDays(timer < 3 ? 3 : 1));
        }

        Assert.Equal(Start.UtcDateTime.AddDays(7), (await host.EndAsync(id)).ReadOutputAs<DateTime>());
        var due = (await host.HistoryAsync(id)).Where(row => row.GetString("EventType") == "TimerCreated").Select(row => row.GetDateTimeOffset("FireAt"));
        Assert.Equal([Start.AddDays(3), Start.AddDays(6), Start.AddDays(7)], due);
    }

    [Fact]
    public async Task CreateTimer_HostDownWhenDue_FiresAfterTheNextStart()
    {
        var hub = azurite.NewHub();
        var catalog = new Catalog().Orchestrator("Nap", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return "awake";
        });
        await using (var first = await EngineHost.StartAsync(azurite, catalog, hub, _time))
        {
            await first.ScheduleAsync("Nap", id: "nap");
            await first.UntilCommittedAsync("nap", "TimerCreated");
        }

        _time.Advance(TimeSpan.FromHours(2));
        await using var second = await EngineHost.StartAsync(azurite, catalog, hub, _time);
        Assert.Equal("awake", (await second.EndAsync("nap")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CurrentUtcDateTime_AcrossAReplay_IsTheEpisodesOwn()
    {
        var seen = new List<DateTime>();
        var catalog = new Catalog().Orchestrator("Clock", async context =>
        {
            var first = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMinutes(5), CancellationToken.None);
            lock (seen)
            {
                seen.Add(first);
            }

            await context.CreateTimer(TimeSpan.FromMinutes(5), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog, time: _time);
        var id = await host.ScheduleAsync("Clock");
        await host.UntilCommittedAsync(id, "TimerCreated");
        _time.Advance(TimeSpan.FromMinutes(5));
        await host.UntilCommittedAsync(id, "TimerCreated", 2);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Start.UtcDateTime.AddMinutes(10), (await host.EndAsync(id)).ReadOutputAs<DateTime>());
        Assert.Equal([Start.UtcDateTime, Start.UtcDateTime], seen);
    }

    [Fact]
    public async Task CreateTimer_Cancelled_ThrowsAndTheOrchestratorGoesOn()
    {
        var catalog = new Catalog().Orchestrator("Cancel", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
            cancel.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (TaskCanceledException)
            {
                return "cancelled";
            }
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog, time: _time);
        Assert.Equal("cancelled", (await host.RunAsync("Cancel")).ReadOutputAs<string>());
    }
}
