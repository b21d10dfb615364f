using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Storage;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>Starts what a committed history asks for: activities and timers.</summary>
internal sealed class ActionDispatcher(EngineParts parts, ActivityDispatcher activities)
{
    public void Dispatch(InstanceSlot slot, OrchestrationSession session, HistoryEvent action)
    {
        switch (action)
        {
            case HistoryEvent.TaskScheduled task:
                activities.Dispatch(slot, session.Executor.Start, task);
                break;
            case HistoryEvent.TimerCreated timer:
                var executionId = session.ExecutionId;
                parts.Timers.Add(timer.FireAt, () => parts.Directory.Send(slot, new InstanceMessage(
                    new HistoryEvent.TimerFired(parts.Time.GetUtcNow(), timer.EventId, timer.FireAt), executionId)));
                break;
        }
    }

    /// <summary>Starts what the history asks for and has no answer to.</summary>
    public void DispatchOpen(InstanceSlot slot, OrchestrationSession session, StoredHistory stored)
    {
        var answered = stored.Events.Select(e => e switch
        {
            HistoryEvent.TaskCompleted completed => completed.TaskScheduledId,
            HistoryEvent.TaskFailed failed => failed.TaskScheduledId,
            HistoryEvent.TimerFired fired => fired.TimerId,
            _ => -1,
        }).ToHashSet();
        foreach (var open in stored.Events.Where(e => e.EventId >= 0 && !answered.Contains(e.EventId)))
        {
            Dispatch(slot, session, open);
        }
    }
}
