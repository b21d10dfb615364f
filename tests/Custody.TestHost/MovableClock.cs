namespace Custody.TestHost;

/// <summary>The machine's clock with an offset that can be moved; pending timers are looked at again when it is, and elapse where it was moved on.</summary>
public sealed class MovableClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<MovableTimer> _timers = [];
    private long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state, period);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void MoveTo(TimeSpan offset)
    {
        var back = Interlocked.Exchange(ref _offsetTicks, offset.Ticks) - offset.Ticks;
        List<MovableTimer> pending;
        lock (_lock)
        {
            pending = [.. _timers];
        }

        if (back > 0)
        {
            pending.ForEach(t => t.SetBack(TimeSpan.FromTicks(back)));
        }

        pending.ForEach(t => t.Arm());
    }

    internal void Forget(MovableTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }
}
