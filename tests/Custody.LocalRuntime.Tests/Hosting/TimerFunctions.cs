using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>Where timer functions tell of their runs, and tests hold them up.</summary>
public sealed class TimerRuns(TimeProvider time)
{
    private readonly Channel<string> _runs = Channel.CreateUnbounded<string>();

    public SemaphoreSlim? Gate { get; init; }

    public int Running { get; private set; }

    public int MostAtOnce { get; private set; }

    public async Task RunAsync(string name, TimerInfo timer, CancellationToken cancellation)
    {
        MostAtOnce = Math.Max(MostAtOnce, ++Running);
        await _runs.Writer.WriteAsync($"{name} {time.GetUtcNow():HH:mm:ss}{(timer.IsPastDue ? " past due" : "")}{(timer.ScheduleStatus is null ? " unmonitored" : "")}", cancellation);
        try
        {
            await (Gate?.WaitAsync(cancellation) ?? Task.CompletedTask);
        }
        finally
        {
            Running--;
        }
    }

    /// <summary>The next run; a minute without one fails the test instead of hanging it.</summary>
    public Task<string> NextAsync() => _runs.Reader.ReadAsync(Xunit.TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    public bool IsQuiet => !_runs.Reader.TryPeek(out _);
}

public sealed class HourlyTimer(TimerRuns runs)
{
    [Function("Hourly")]
    public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellation) => runs.RunAsync("Hourly", timer, cancellation);
}

public sealed class SecondsTimer(TimerRuns runs)
{
    [Function("Seconds")]
    public Task Run([TimerTrigger("%Pace%")] TimerInfo timer, CancellationToken cancellation) => runs.RunAsync("Seconds", timer, cancellation);
}

public sealed class StartUpTimer(TimerRuns runs)
{
    [Function("StartUp")]
    public Task Run([TimerTrigger("0 0 * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation) => runs.RunAsync("StartUp", timer, cancellation);
}

public sealed class FailingTimer(TimerRuns runs)
{
    [Function("Failing")]
    public async Task Run([TimerTrigger("00:10:00")] TimerInfo timer, CancellationToken cancellation)
    {
        await runs.RunAsync("Failing", timer, cancellation);
        throw new InvalidOperationException("this run fails");
    }
}
