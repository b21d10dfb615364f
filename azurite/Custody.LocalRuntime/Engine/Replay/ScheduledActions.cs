using Custody.LocalRuntime.Engine.History;

namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>
/// What the orchestrator has asked for, by number, and what has not come back yet. In a replay each request must meet the
/// row that recorded it; the first that does not is named.
/// </summary>
internal sealed class ScheduledActions
{
    private readonly SortedDictionary<int, HistoryEvent> _unrecorded = [];
    private readonly Dictionary<int, TaskCompletionSource<HistoryEvent>> _open = [];

    public int NextId { get; private set; }

    /// <summary>Requests that no history row records yet, in order.</summary>
    public IReadOnlyCollection<HistoryEvent> Unrecorded => _unrecorded.Values;

    public bool AnyOpen => _open.Count > 0;

    /// <summary>Takes a request; the task ends with the row that answers it.</summary>
    public (int Id, Task<HistoryEvent> Answer) Add(HistoryEvent request, CancellationToken cancellation = default)
    {
        var id = NextId++;
        var source = new TaskCompletionSource<HistoryEvent>();
        _unrecorded.Add(id, request with { EventId = id });
        _open.Add(id, source);
        cancellation.Register(() =>
        {
            // The timer itself stays: it is recorded, fires, and finds nobody.
            if (source.TrySetCanceled(cancellation))
            {
                _open.Remove(id);
            }
        });
        return (id, source.Task);
    }

    public int TakeId() => NextId++;

    /// <summary>True when <paramref name="id"/> still waits for its answer.</summary>
    public bool IsOpen(int id) => _open.ContainsKey(id);

    /// <summary>Answers a request; an answer that nobody waits for is ignored.</summary>
    public void Answer(int id, HistoryEvent answer)
    {
        if (_open.Remove(id, out var source))
        {
            source.TrySetResult(answer);
        }
    }

    public void ClearUnrecorded() => _unrecorded.Clear();

    /// <summary>Meets a recorded request with the one that the code has made; throws when they differ.</summary>
    public void Meet(HistoryEvent recorded)
    {
        if (!_unrecorded.Remove(recorded.EventId, out var made))
        {
            throw new NonDeterminismException($"the history has {Describe(recorded)}, but the code did not ask for it");
        }

        if (!IsSame(recorded, made))
        {
            throw new NonDeterminismException($"the history has {Describe(recorded)}, but the code asked for {Describe(made)}");
        }
    }

    public void ThrowIfUnrecorded()
    {
        if (_unrecorded.Count > 0)
        {
            throw new NonDeterminismException($"the code asked for {Describe(_unrecorded.First().Value)}, which the history does not have");
        }
    }

    private static bool IsSame(HistoryEvent recorded, HistoryEvent made) => (recorded, made) switch
    {
        (HistoryEvent.TaskScheduled a, HistoryEvent.TaskScheduled b) => string.Equals(a.Name, b.Name, StringComparison.OrdinalIgnoreCase),
        (HistoryEvent.TimerCreated, HistoryEvent.TimerCreated) => true,
        _ => false,
    };

    private static string Describe(HistoryEvent e) => e switch
    {
        HistoryEvent.TaskScheduled task => $"activity '{task.Name}' (#{e.EventId})",
        HistoryEvent.TimerCreated timer => $"a timer until {timer.FireAt:O} (#{e.EventId})",
        _ => $"{e.GetType().Name} (#{e.EventId})",
    };
}
