using Azure;
using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Replay;
using Custody.LocalRuntime.Engine.Storage;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>Brings an instance from storage to where its history ends. Where row and history differ, the history decides.</summary>
internal sealed class SessionOpener(EngineParts parts)
{
    /// <summary>The session; or, when the history says that the instance has ended, none and its end.</summary>
    public async Task<(OrchestrationSession? Session, StoredHistory? Stored)> OpenAsync(InstanceSlot slot, CancellationToken cancellation)
    {
        if (slot is { IsFresh: true, FreshStart: { } start })
        {
            return (Starting(slot, start, null), null);
        }

        var stored = await parts.History.LoadAsync(slot.InstanceId, cancellation).ConfigureAwait(false);
        stored = await parts.History.TrimAsync(slot.InstanceId, stored, cancellation).ConfigureAwait(false);
        try
        {
            return (await OpenAsync(slot, stored, cancellation).ConfigureAwait(false), stored);
        }
        catch (HistoryUnreadableException e)
        {
            return (Damaged(slot, stored, e), stored);
        }
    }

    /// <summary>A new execution of the same instance.</summary>
    public OrchestrationSession StartOver(InstanceSlot slot, OrchestrationSession before, string? input)
    {
        var old = before.Executor.Start;
        var start = new HistoryEvent.ExecutionStarted(
            parts.Time.GetUtcNow(), old.Name, input, slot.InstanceId, Guid.NewGuid().ToString("N"), old.TraceParent);
        var session = Starting(slot, start, before.Sentinel);
        session.Replaces = true;
        return session;
    }

    private async Task<OrchestrationSession?> OpenAsync(InstanceSlot slot, StoredHistory stored, CancellationToken cancellation)
    {
        var row = slot.Row.Wanted;
        var isRowsOwn = stored.ExecutionId == row.ExecutionId;
        if (stored.Damage is { } damage && (isRowsOwn || row.RuntimeStatus != InstanceStatus.Pending))
        {
            throw new HistoryUnreadableException($"The stored history cannot be used: {damage}");
        }

        if (row.RuntimeStatus == InstanceStatus.Pending && (stored.Events.Count == 0 || (stored.End is not null && !isRowsOwn)))
        {
            var start = slot.FreshStart ?? await ReadStartAsync(row, cancellation).ConfigureAwait(false);
            return Starting(slot, start, stored.Sentinel);
        }

        if (stored.End is not null)
        {
            return null;
        }

        if (stored.Events is not [HistoryEvent.OrchestratorStarted, HistoryEvent.ExecutionStarted begun, ..])
        {
            throw new HistoryUnreadableException("The stored history cannot be used: it does not begin with a start, or is missing.");
        }

        var executor = Executor(slot, begun);
        executor.Replay(stored.Events);
        return new OrchestrationSession(executor, stored.Sentinel, stored.NextOrdinal);
    }

    private async Task<HistoryEvent.ExecutionStarted> ReadStartAsync(InstanceRecord row, CancellationToken cancellation) => new(
        row.CreatedTime,
        row.Name,
        await parts.Blobs.ResolveAsync(row.InstanceId, row.Input, cancellation).ConfigureAwait(false),
        row.InstanceId,
        row.ExecutionId,
        row.TraceParent);

    private OrchestrationSession Starting(InstanceSlot slot, HistoryEvent.ExecutionStarted start, ETag? sentinel) =>
        new(Executor(slot, start), sentinel, 0) { StartsNow = true };

    /// <summary>A session that can only fail, after all that is stored.</summary>
    private OrchestrationSession Damaged(InstanceSlot slot, StoredHistory stored, HistoryUnreadableException damage)
    {
        var row = slot.Row.Wanted;
        var executor = Executor(slot, new HistoryEvent.ExecutionStarted(
            row.CreatedTime, row.Name, null, row.InstanceId, stored.ExecutionId ?? row.ExecutionId, row.TraceParent));
        executor.Fault(damage);
        return new OrchestrationSession(executor, stored.Sentinel, stored.NextOrdinal);
    }

    private OrchestrationExecutor Executor(InstanceSlot slot, HistoryEvent.ExecutionStarted start) => new(
        start, parts.Catalog, parts.Options.Converter, parts.Logs,
        () => parts.Directory.Send(slot, new InstanceMessage(null, start.ExecutionId, Fault: new ForeignAwaitException())));
}
