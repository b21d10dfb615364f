using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class TimerFunctionTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private readonly WallClock _clock = new(new DateTimeOffset(2026, 1, 1, 10, 20, 0, TimeSpan.Zero));
    private readonly string _hostJson = azurite.HostJson();
    private readonly string _hostId = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Timer_ClockReachesTheSchedule_Runs()
    {
        var runs = new TimerRuns(_clock);
        await using var host = await StartAsync(runs, typeof(HourlyTimer));

        await AdvanceAsync(TimeSpan.FromMinutes(39));
        Assert.True(runs.IsQuiet);
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("Hourly 11:00:00", await runs.NextAsync());
    }

    [Fact]
    public async Task Timer_HostWasDownAtTheTime_CatchesUpOnceAndOnlyOnce()
    {
        var runs = new TimerRuns(_clock);
        await (await StartAsync(runs, typeof(HourlyTimer))).DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(5));

        await using (await StartAsync(runs, typeof(HourlyTimer)))
        {
            Assert.Equal("Hourly 15:20:00 past due", await runs.NextAsync());
        }

        await using (await StartAsync(runs, typeof(HourlyTimer)))
        {
            await SettleAsync();
            Assert.True(runs.IsQuiet);
        }
    }

    [Fact]
    public async Task Timer_ScheduleUnderAMinute_HasNoPastDueRun()
    {
        var runs = new TimerRuns(_clock);
        await (await StartAsync(runs, typeof(SecondsTimer))).DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(5));

        await using var host = await StartAsync(runs, typeof(SecondsTimer));
        await SettleAsync();
        Assert.True(runs.IsQuiet);
        await AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal("Seconds 15:20:10 unmonitored", await runs.NextAsync());
    }

    [Fact]
    public async Task Timer_RunOnStartup_RunsAtStartAndStillOnSchedule()
    {
        var runs = new TimerRuns(_clock);
        await using var host = await StartAsync(runs, typeof(StartUpTimer));

        Assert.Equal("StartUp 10:20:00", await runs.NextAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(40));
        Assert.Equal("StartUp 11:00:00", await runs.NextAsync());
    }

    [Fact]
    public async Task Timer_RunOutlastsItsSuccessors_IsFollowedByOneAndNeverOverlapped()
    {
        using var gate = new SemaphoreSlim(0);
        var runs = new TimerRuns(_clock) { Gate = gate };
        await using var host = await StartAsync(runs, typeof(HourlyTimer));
        await AdvanceAsync(TimeSpan.FromMinutes(40));
        Assert.Equal("Hourly 11:00:00", await runs.NextAsync());

        await AdvanceAsync(TimeSpan.FromHours(3));
        Assert.True(runs.IsQuiet);
        gate.Release(2);

        Assert.Equal("Hourly 14:00:00", await runs.NextAsync());
        await SettleAsync();
        Assert.True(runs.IsQuiet);
        Assert.Equal(1, runs.MostAtOnce);
    }

    [Fact]
    public async Task Timer_RunThatFails_RunsAgainOnSchedule()
    {
        var runs = new TimerRuns(_clock);
        await using var host = await StartAsync(runs, typeof(FailingTimer));

        await AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("Failing 10:30:00", await runs.NextAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("Failing 10:40:00", await runs.NextAsync());
    }

    // What watches the chain is a timer: it must not sleep through the time by which somebody set the clock back.
    [Fact]
    public async Task Timer_ClockIsSetBack_RunsWhenTheTimeHasPassedAndGoesOnByTheClock()
    {
        var runs = new TimerRuns(_clock);
        await using var host = await StartAsync(runs, typeof(HourlyTimer));
        await SettleAsync();
        _clock.SetBy = TimeSpan.FromHours(-2);

        await AdvanceAsync(TimeSpan.FromMinutes(39));
        Assert.True(runs.IsQuiet);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("Hourly 09:00:00", await runs.NextAsync());

        await AdvanceAsync(TimeSpan.FromMinutes(60));
        Assert.Equal("Hourly 10:00:00", await runs.NextAsync());
    }

    [Fact]
    public async Task Timer_ClockIsSetBackDuringARun_RunsAtItsTime()
    {
        using var gate = new SemaphoreSlim(0);
        var runs = new TimerRuns(_clock) { Gate = gate };
        await using var host = await StartAsync(runs, typeof(HourlyTimer));
        await AdvanceAsync(TimeSpan.FromMinutes(40));
        Assert.Equal("Hourly 11:00:00", await runs.NextAsync());

        _clock.SetBy = TimeSpan.FromHours(-2);
        gate.Release(9);
        await SettleAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(60));

        Assert.Equal("Hourly 10:00:00", await runs.NextAsync());
    }

    // However small the steps are by which it is set back, before each wake-up.
    [Fact]
    public async Task Timer_ClockIsSetBackALittleAtATime_RunsAMinuteLateAtMost()
    {
        var runs = new TimerRuns(_clock);
        await using var host = await StartAsync(runs, typeof(HourlyTimer));
        await SettleAsync();
        for (var minute = 0; minute < 42 && runs.IsQuiet; minute++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(50));
            _clock.SetBy -= TimeSpan.FromSeconds(minute > 35 ? 50 : 0);
            await AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        Assert.False(runs.IsQuiet);
    }

    [Fact]
    public async Task Stop_RunInProgress_IsCancelledAndAwaited()
    {
        using var gate = new SemaphoreSlim(0);
        var runs = new TimerRuns(_clock) { Gate = gate };
        var host = await StartAsync(runs, typeof(StartUpTimer));
        await runs.NextAsync();

        await host.DisposeAsync();

        Assert.Equal(0, runs.Running);
    }

    private Task<HostUnderTest> StartAsync(TimerRuns runs, params Type[] functions) => HostUnderTest.StartAsync(new HostSetup(functions)
    {
        HostJson = _hostJson,
        LocalSettings = HostSetup.Storage(azurite.Connection, $@",""Pace"":""*/10 * * * * *"",""AzureFunctionsWebHost__hostid"":""{_hostId}"""),
        Configure = builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Services.AddSingleton(runs);
        },
    });

    private async Task AdvanceAsync(TimeSpan by)
    {
        _clock.Advance(by);
        await SettleAsync();
    }

    // A test that needs a run awaits it; only "nothing more happens" rests on this pause, which can hide a failure of a slow
    // machine but never make one.
    private static Task SettleAsync() => Task.Delay(300, TestContext.Current.CancellationToken);
}
