using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Storage;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>
/// A live instance in the work list: what waits for its next episode. Nothing here is an authority; a crash loses only what
/// nobody was told is stored.
/// </summary>
internal sealed class InstanceSlot(InstanceRecord record, RowProjection row)
{
    private readonly Lock _lock = new();
    private List<InstanceMessage> _messages = [];
    private bool _queued;
    private bool _ended;

    public string InstanceId { get; } = record.InstanceId;

    /// <summary>The Instances row as it is written and as it should be.</summary>
    public RowProjection Row { get; } = row;

    /// <summary>The start that this process has just stored, so that it need not be read back.</summary>
    public HistoryEvent.ExecutionStarted? FreshStart { get; set; }

    /// <summary>True while no history can exist, because this process has just inserted the row.</summary>
    public bool IsFresh { get; set; }

    /// <summary>True until the activities and timers that the history leaves open are dispatched in this process.</summary>
    public bool NeedsDispatch { get; set; }

    public OrchestrationSession? Session { get; set; }

    /// <summary>When the last episode ended; for dropping idle sessions.</summary>
    public DateTimeOffset LastEpisode { get; set; }

    /// <summary>Adds a message. False when the instance has ended; <paramref name="wake"/> is true when the slot must be queued.</summary>
    public bool TryAdd(InstanceMessage message, out bool wake)
    {
        lock (_lock)
        {
            wake = !_ended && !_queued;
            if (!_ended)
            {
                _messages.Add(message);
                _queued = true;
            }

            return !_ended;
        }
    }

    public List<InstanceMessage> Take()
    {
        lock (_lock)
        {
            return Interlocked.Exchange(ref _messages, []);
        }
    }

    /// <summary>Ends a turn; true when more has come and the slot must be queued again.</summary>
    public bool EndTurn()
    {
        lock (_lock)
        {
            return _queued = _messages.Count > 0 && !_ended;
        }
    }

    /// <summary>Takes no more messages, and gives those that came too late.</summary>
    public List<InstanceMessage> End()
    {
        lock (_lock)
        {
            _ended = true;
            return Interlocked.Exchange(ref _messages, []);
        }
    }

    /// <summary>Drops an idle session; false while an episode may be using it.</summary>
    public bool TryDropSession(DateTimeOffset idleSince)
    {
        lock (_lock)
        {
            if (_queued || Session is null || LastEpisode > idleSince)
            {
                return false;
            }

            Session = null;
            return true;
        }
    }
}
