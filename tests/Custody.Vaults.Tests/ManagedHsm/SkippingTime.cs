using System.Collections.Concurrent;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>
/// A clock that stands still but for pauses, which it skips and remembers. A timer of <paramref name="real"/>, the limit of one
/// try, runs in real time, since what it limits does.
/// </summary>
public sealed class SkippingTime(TimeSpan real) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private long _skipped;

    /// <summary>The pauses that were taken.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _skipped, by.Ticks);

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

    public override long GetTimestamp() => Interlocked.Read(ref _skipped);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == real || dueTime == Timeout.InfiniteTimeSpan)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        Pauses.Enqueue(dueTime);
        Advance(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
