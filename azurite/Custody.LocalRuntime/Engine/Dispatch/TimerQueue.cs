namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>Runs actions at their time by the engine's clock, with one timer for all of them.</summary>
internal sealed class TimerQueue : IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, DateTimeOffset> _due = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public TimerQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(DateTimeOffset at, Action action)
    {
        lock (_lock)
        {
            _due.Enqueue(action, at);
        }

        RunDue();
    }

    public void Dispose() => _timer.Dispose();

    private void RunDue()
    {
        while (NextDue() is { } action)
        {
            action();
        }
    }

    private Action? NextDue()
    {
        lock (_lock)
        {
            if (!_due.TryPeek(out var action, out var at))
            {
                return null;
            }

            var left = at - _time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                _due.Dequeue();
                return action;
            }

            // A timer's resolution is a millisecond, and a clock may be set back: sleep, then look again.
            _timer.Change(left < ShortestSleep ? ShortestSleep : left > LongestSleep ? LongestSleep : left, Timeout.InfiniteTimeSpan);
            return null;
        }
    }
}
