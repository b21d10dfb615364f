namespace Custody.TestHost;

/// <summary>A timer that is due at a time of a <see cref="MovableClock"/>.</summary>
internal sealed class MovableTimer : ITimer
{
    // Longer waits than the machine's timers take are waited for in parts.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private readonly Lock _lock = new();
    private readonly MovableClock _clock;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private DateTimeOffset? _due;

    public MovableTimer(MovableClock clock, TimerCallback callback, object? state, TimeSpan period)
    {
        _clock = clock;
        _period = period;
        _timer = TimeProvider.System.CreateTimer(_ => Elapsed(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _period = period;
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
        }

        return Arm();
    }

    /// <summary>Waits for what is left, by the clock as it is now.</summary>
    public bool Arm()
    {
        lock (_lock)
        {
            var left = _due is { } due ? due - _clock.GetUtcNow() : Timeout.InfiniteTimeSpan;
            return _timer.Change(
                _due is null ? Timeout.InfiniteTimeSpan : left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestWait ? LongestWait : left, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>As a machine's timers do: a clock that is set back makes none of them wait longer.</summary>
    public void SetBack(TimeSpan by)
    {
        lock (_lock)
        {
            _due -= by;
        }
    }

    public void Dispose()
    {
        _clock.Forget(this);
        _timer.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _clock.Forget(this);
        return _timer.DisposeAsync();
    }

    private void Elapsed(TimerCallback callback, object? state)
    {
        lock (_lock)
        {
            if (_due is not { } due)
            {
                return;
            }

            if (due > _clock.GetUtcNow())
            {
                Arm();
                return;
            }

            _due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : _clock.GetUtcNow() + _period;
            Arm();
        }

        callback(state);
    }
}
