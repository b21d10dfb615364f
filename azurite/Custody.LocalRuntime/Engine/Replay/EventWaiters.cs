using Custody.LocalRuntime.Engine.History;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>
/// Matches external events with those who wait for them, as the official worker does: names ignore case; of several
/// waiters the newest is served; a cancelled waiter keeps its place and swallows the event; what nobody waits for is kept in order.
/// </summary>
internal sealed class EventWaiters(DataConverter converter)
{
    private readonly Dictionary<string, Stack<Waiter>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent.EventRaised> _kept = [];

    private sealed record Waiter(Type Type, Action<string?> Serve, Func<bool> IsOpen);

    /// <summary>The events that nobody has waited for, oldest first.</summary>
    public IReadOnlyList<HistoryEvent.EventRaised> Kept => _kept;

    public bool AnyOpen => _waiting.Values.Any(stack => stack.Any(waiter => waiter.IsOpen()));

    public Task<T> Wait<T>(string name, CancellationToken cancellation)
    {
        var stack = _waiting.TryGetValue(name, out var there) ? there : _waiting[name] = new Stack<Waiter>();
        if (stack.TryPeek(out var other) && other.Type != typeof(T))
        {
            throw new ArgumentException(
                "Events with the same name must have the same type argument. " +
                $"Expected {other.Type.FullName} but was requested {typeof(T).FullName}.");
        }

        var source = new TaskCompletionSource<T>();
        stack.Push(new Waiter(typeof(T), text => Serve(source, text), () => !source.Task.IsCompleted));
        if (_kept.FindIndex(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var oldest)
        {
            var e = _kept[oldest];
            _kept.RemoveAt(oldest);
            Raise(e);
        }

        cancellation.Register(() => source.TrySetCanceled(cancellation));
        return source.Task;
    }

    public void Raise(HistoryEvent.EventRaised e)
    {
        if (_waiting.TryGetValue(e.Name, out var stack) && stack.TryPop(out var newest))
        {
            newest.Serve(e.Input);
        }
        else
        {
            _kept.Add(e);
        }
    }

    /// <summary>A payload that does not deserialise throws where the orchestrator awaits it.</summary>
    private void Serve<T>(TaskCompletionSource<T> source, string? text)
    {
        try
        {
            source.TrySetResult(converter.Deserialize<T>(text)!);
        }
        catch (Exception e)
        {
            source.TrySetException(e);
        }
    }
}
