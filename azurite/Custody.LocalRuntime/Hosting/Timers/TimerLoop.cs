using Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting.Timers;

/// <summary>
/// Runs one timer function, one run after the other, so that two never overlap; a run that outlasts its successor's time is
/// followed by one run at once, however many times were passed over. Two processes never run the same timers: they start only
/// after the task hub's lease is held.
/// </summary>
internal sealed partial class TimerLoop(
    TimerFunction timer, TimerStatusStore store, Func<TimerFunction, TimerInfo, CancellationToken, Task> run, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetryStorage = TimeSpan.FromSeconds(5);

    private ScheduleStatus _status = new();
    private TimerStatus? _stored;
    private bool _monitored;
    private bool _isPastDue;
    private long _since;
    private TimeSpan _planned;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Finds out when the function runs next, and whether it missed a run.</summary>
    public async Task BeginAsync(CancellationToken stop)
    {
        _monitored = timer.Trigger.UseMonitor && timer.Schedule.CanBeMonitored(Now);
        await ReadAsync(stop);
        (_status, _isPastDue) = TimerCatchUp.From(_stored?.Schedule, timer.Schedule, Now);
        Plan(time.GetTimestamp(), Now);
        if (_stored is null || !ReferenceEquals(_status, _stored.Schedule))
        {
            await WriteAsync(stop);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        if (_isPastDue || timer.Trigger.RunOnStartup)
        {
            await RunOnceAsync(scheduled: _isPastDue, _isPastDue, stop);
        }

        while (true)
        {
            var cameByTheClock = await WaitAsync(stop);
            await RunOnceAsync(scheduled: cameByTheClock, isPastDue: false, stop);
        }
    }

    // False where the time has passed and the clock was set back meanwhile: what runs by it runs all the same, and goes on from the
    // time that the clock shows. Left to wait, whoever can set the clock back could have the watchers sleep through a theft.
    private async Task<bool> WaitAsync(CancellationToken stop)
    {
        for (var now = Now; now < _status.Next; now = Now)
        {
            // A little at a time as well: however small the steps, more than that much in all.
            var late = time.GetElapsedTime(_since) - _planned;
            if (late >= SetBack || (late >= TimeSpan.Zero && _status.Next - now > SetBack))
            {
                return false;
            }

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var elapsed = Task.Delay(Shortest(_status.Next - now, late < TimeSpan.Zero ? -late : SetBack - late, LongestWait), time, wait.Token);

            // A clock that was moved after it was read and before the timer was made has not been seen by either.
            if (Now - now > Unnoticed)
            {
                await wait.CancelAsync();
                continue;
            }

            await elapsed;
        }

        return true;
    }

    private async Task RunOnceAsync(bool scheduled, bool isPastDue, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var (ran, began) = (Now, time.GetTimestamp());
        try
        {
            await run(timer, new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = _monitored ? Copy(_status) : null }, stop);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // Logged where it ran; the schedule goes on.
        }

        _status = scheduled ? TimerCatchUp.AfterScheduled(_status, timer.Schedule, ran) : TimerCatchUp.AfterStartUp(timer.Schedule, ran);

        Plan(began, ran);

        // The run is over: its record is written even while the host stops, or it would run again as past due.
        await WriteAsync(CancellationToken.None);
    }

    private static TimeSpan Shortest(params ReadOnlySpan<TimeSpan> times)
    {
        var shortest = times[0];
        foreach (var other in times)
        {
            shortest = other < shortest ? other : shortest;
        }

        return shortest;
    }

    // By what does not see the clock's being set, from the moment that the next run was reckoned from.
    private void Plan(long since, DateTime from) => (_since, _planned) = (since, _status.Next - from);

    private async Task ReadAsync(CancellationToken stop)
    {
        while (_monitored)
        {
            try
            {
                _stored = await store.ReadAsync(timer.Name, stop);
                return;
            }
            catch (RequestFailedException e)
            {
                // Without the status it is not known whether a run was missed, so the timer waits for its storage.
                StatusUnread(log, e, timer.Name);
                await Task.Delay(RetryStorage, time, stop);
            }
        }
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        if (!_monitored)
        {
            return;
        }

        try
        {
            _stored = await store.WriteAsync(timer.Name, new TimerStatus(_status, _stored?.Version), stop);
        }
        catch (RequestFailedException e)
        {
            StatusUnwritten(log, e, timer.Name);
            _stored = e.Status is 404 or 409 or 412 ? await RereadAsync(stop) : _stored;
        }
    }

    // Someone else wrote or deleted the blob: the next write replaces what is there now.
    private async Task<TimerStatus?> RereadAsync(CancellationToken stop)
    {
        try
        {
            return await store.ReadAsync(timer.Name, stop);
        }
        catch (RequestFailedException)
        {
            return null;
        }
    }

    private static ScheduleStatus Copy(ScheduleStatus status) =>
        new() { Last = status.Last, Next = status.Next, LastUpdated = status.LastUpdated };

    [LoggerMessage(4300, LogLevel.Error, "The status of timer '{Function}' could not be read; it does not run until it can")]
    private static partial void StatusUnread(ILogger log, Exception exception, string function);

    [LoggerMessage(4301, LogLevel.Warning, "The status of timer '{Function}' could not be written; after a restart its last run may be repeated")]
    private static partial void StatusUnwritten(ILogger log, Exception exception, string function);
}
