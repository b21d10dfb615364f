using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Replay;
using Custody.LocalRuntime.Engine.Storage;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>
/// One episode: take what has happened, run the orchestrator on it, commit, and only then act. All messages that wait at that
/// moment go into one commit.
/// </summary>
internal sealed class EpisodeRunner(EngineParts parts, ActivityDispatcher activities)
{
    private readonly SessionOpener _opener = new(parts);
    private readonly ActionDispatcher _actions = new(parts, activities);

    public async Task RunAsync(InstanceSlot slot, CancellationToken cancellation)
    {
        var messages = slot.Take();
        try
        {
            await RunAsync(slot, messages, cancellation).ConfigureAwait(false);
        }
        catch (HubConflictException) when (slot.IsFresh)
        {
            // The row was new but a history is there: someone deleted the row. Read the history; it decides.
            slot.IsFresh = false;
            slot.Session = null;
            await RunAsync(slot, messages, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Acknowledgements.Refuse(messages, new InvalidOperationException("The host stopped before it knew whether this was stored.", e));
            throw;
        }
    }

    private async Task RunAsync(InstanceSlot slot, List<InstanceMessage> messages, CancellationToken cancellation)
    {
        var session = slot.Session;
        if (session is null)
        {
            (session, var stored) = await _opener.OpenAsync(slot, cancellation).ConfigureAwait(false);
            if (session is null)
            {
                End(slot, Mended(slot, stored!), messages);
                return;
            }

            Resume(slot, session, stored);
            if (session.Executor.HasUnrecordedStart)
            {
                session = await AdvanceAsync(slot, session, [], cancellation).ConfigureAwait(false);
            }
        }

        if (session is not null && Inputs(session, messages) is { Count: > 0 } inputs)
        {
            session = await AdvanceAsync(slot, session, inputs, cancellation).ConfigureAwait(false);
        }

        if (session is null)
        {
            Acknowledgements.Give(slot, messages);
            End(slot, slot.Row.Wanted, []);
            return;
        }

        slot.Session = parts.Options.ExtendedSessions ? session : null;
        slot.LastEpisode = parts.Time.GetUtcNow();
        Acknowledgements.Give(slot, messages);
    }

    /// <summary>The rows that an episode begins with; none when nothing has happened that concerns this execution.</summary>
    private List<HistoryEvent> Inputs(OrchestrationSession session, List<InstanceMessage> messages)
    {
        var mine = messages.Where(m => m.ExecutionId is null || m.ExecutionId == session.ExecutionId).ToList();
        if (mine.Select(m => m.Fault).FirstOrDefault(f => f is not null) is { } fault)
        {
            session.Executor.Fault(fault);
        }

        var events = mine.Select(m => m.Event).OfType<HistoryEvent>().Where(session.Executor.Expects).ToList();
        if (session.StartsNow)
        {
            events.Insert(0, session.Executor.Start);
        }

        if (events.Count > 0 || session.Executor.IsFaulted)
        {
            events.Insert(0, new HistoryEvent.OrchestratorStarted(parts.Time.GetUtcNow()));
        }

        return events;
    }

    /// <summary>Runs and commits; gives the session to go on with, or null when the instance has ended.</summary>
    private async Task<OrchestrationSession?> AdvanceAsync(
        InstanceSlot slot, OrchestrationSession session, List<HistoryEvent> inputs, CancellationToken cancellation)
    {
        while (true)
        {
            var outcome = session.Executor.Run(inputs);
            if (outcome is Outcome.StartOver { Carried: var carried } && !CommitBatches.FitsBeginning(carried))
            {
                session.Executor.Fault(new InvalidOperationException(
                    $"ContinueAsNew would carry {carried.Count} unprocessed events over, more than one storage transaction holds. " +
                    "Process events before it."));
                outcome = session.Executor.Run([]);
            }

            var plan = EpisodePlan.Make(session, inputs, outcome, parts.Time.GetUtcNow());
            if (plan.Checkpoint is { } checkpoint)
            {
                session.Sentinel = await parts.History.CommitAsync(
                    slot.InstanceId, session.ExecutionId, session.Sentinel, checkpoint, cancellation).ConfigureAwait(false);
                session.NextOrdinal += checkpoint.Events.Count;
                Project(slot, session, plan, outcome);
                session.Executor.Committed();
                session.StartsNow = session.Replaces = slot.IsFresh = false;
                slot.FreshStart = null;
                plan.Actions.ForEach(action => _actions.Dispatch(slot, session, action));
            }

            if (outcome is not Outcome.StartOver next)
            {
                return outcome is Outcome.Ended ? null : session;
            }

            session = _opener.StartOver(slot, session, next.Input);
            inputs = [new HistoryEvent.OrchestratorStarted(parts.Time.GetUtcNow()), session.Executor.Start, .. next.Carried];
        }
    }

    /// <summary>Dispatches what the history of an earlier process leaves open, and mends a row that had fallen behind.</summary>
    private void Resume(InstanceSlot slot, OrchestrationSession session, StoredHistory? stored)
    {
        if (stored is null || session.StartsNow || !slot.NeedsDispatch)
        {
            return;
        }

        slot.NeedsDispatch = false;
        _actions.DispatchOpen(slot, session, stored);
        if (!session.Executor.IsFaulted)
        {
            Project(slot, session, null, new Outcome.Waiting(session.Executor.IsSuspended));
        }
    }

    private void Project(InstanceSlot slot, OrchestrationSession session, EpisodePlan? plan, Outcome outcome)
    {
        var now = InstanceProjection.Of(slot.Row.Wanted, session, plan, outcome, parts);
        if (now != slot.Row.Wanted)
        {
            slot.Row.Want(now with { LastUpdatedTime = parts.Time.GetUtcNow() });
        }

        if (outcome is Outcome.Ended { Failure: { } failure })
        {
            EngineLog.InstanceFailed(parts.Log, slot.InstanceId, now.Name, failure.ToString());
        }
    }

    private InstanceRecord Mended(InstanceSlot slot, StoredHistory stored)
    {
        var row = slot.Row.Wanted;
        var mended = InstanceProjection.Ended(row, stored, parts);
        EngineLog.RowMended(parts.Log, slot.InstanceId, row.RuntimeStatus, mended.RuntimeStatus);
        slot.Row.Want(mended);
        return mended;
    }

    private void End(InstanceSlot slot, InstanceRecord record, List<InstanceMessage> alsoRefused)
    {
        var refused = new InvalidOperationException(
            $"The orchestration instance '{slot.InstanceId}' has already ended ({record.RuntimeStatus}).");
        Acknowledgements.Refuse([.. alsoRefused, .. slot.End()], refused);
        slot.Session = null;
        EngineLog.InstanceEnded(parts.Log, slot.InstanceId, record.Name, record.RuntimeStatus);
        _ = slot.Row.Settled.ContinueWith(_ => parts.Directory.Remove(slot), TaskScheduler.Default);
    }
}
