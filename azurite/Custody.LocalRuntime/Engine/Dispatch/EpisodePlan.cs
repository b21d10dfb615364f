using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Replay;
using Custody.LocalRuntime.Engine.Storage;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>What an episode writes and then does.</summary>
/// <param name="Checkpoint">The rows; null when there is nothing to write yet.</param>
/// <param name="Actions">The activities and timers among them.</param>
internal sealed record EpisodePlan(Checkpoint? Checkpoint, List<HistoryEvent> Actions)
{
    public static EpisodePlan Make(OrchestrationSession session, List<HistoryEvent> inputs, Outcome outcome, DateTimeOffset now)
    {
        // An execution that starts over leaves nothing of its own: the rows of the next one take its place.
        if (outcome is Outcome.StartOver && !session.Replaces)
        {
            return new EpisodePlan(null, []);
        }

        var rows = new List<HistoryEvent>(inputs);
        if (session.Replaces)
        {
            rows.Add(new HistoryEvent.OrchestratorCompleted(now));
        }

        var beginning = session.Replaces ? rows.Count : 0;
        List<HistoryEvent> actions = outcome is Outcome.StartOver ? [] : [.. session.Executor.NewActions];
        rows.AddRange(actions.Select(action => action with { Timestamp = now }));
        if (outcome is Outcome.Ended ended)
        {
            rows.Add(new HistoryEvent.ExecutionCompleted(now, ended.Status, ended.Result, ended.Failure)
            {
                EventId = session.Executor.TakeEndId(),
            });
        }

        if (rows.Count > beginning)
        {
            rows.Add(new HistoryEvent.OrchestratorCompleted(now));
        }

        return new EpisodePlan(rows.Count == 0 ? null : new Checkpoint(session.NextOrdinal, rows, beginning), actions);
    }
}
