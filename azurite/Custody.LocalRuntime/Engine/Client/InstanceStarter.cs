using System.Diagnostics;
using Azure;
using Custody.LocalRuntime.Engine.Dispatch;
using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Storage;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine.Client;

/// <summary>Stores the start of an instance, then hands it to the dispatcher.</summary>
internal sealed class InstanceStarter(EngineParts parts, Action<Exception> failed)
{
    public async Task<string> StartAsync(TaskName name, object? input, StartOrchestrationOptions? options, CancellationToken cancellation)
    {
        if (!parts.Catalog.Orchestrators.ContainsKey(name.Name ?? ""))
        {
            throw new InvalidOperationException(
                $"The app has no orchestrator '{name}'. It has: {string.Join(", ", parts.Catalog.Orchestrators.Keys)}.");
        }

        var id = options?.InstanceId is { } given ? InstanceIds.Check(given) : Guid.NewGuid().ToString("N");
        var text = parts.Options.Converter.Serialize(input);
        var executionId = Guid.NewGuid().ToString("N");
        var now = parts.Time.GetUtcNow();
        var start = new HistoryEvent.ExecutionStarted(now, name.Name!, text, id, executionId, Activity.Current?.Id);
        var record = new InstanceRecord
        {
            InstanceId = id,
            Name = name.Name!,
            ExecutionId = executionId,
            RuntimeStatus = InstanceStatus.Pending,
            CreatedTime = now,
            LastUpdatedTime = now,
            ScheduledStartTime = options?.StartAt,
            Input = await StoreInputAsync(start, cancellation).ConfigureAwait(false),
            TraceParent = start.TraceParent,
        };
        Dispatch(await StoreAsync(record, start, cancellation).ConfigureAwait(false));
        return id;
    }

    /// <summary>Queues a stored instance that has not begun: now, or when it is to start.</summary>
    public void Dispatch(InstanceSlot slot)
    {
        parts.Directory.Put(slot);
        if (slot.Row.Wanted.ScheduledStartTime is { } at && at > parts.Time.GetUtcNow())
        {
            parts.Timers.Add(at, () => parts.Directory.Send(slot, InstanceMessage.Look));
        }
        else
        {
            parts.Directory.Send(slot, InstanceMessage.Look);
        }
    }

    private async Task<string?> StoreInputAsync(HistoryEvent.ExecutionStarted start, CancellationToken cancellation)
    {
        // The name is the one that the start's history row will use, so that row finds its blob written.
        var rowKey = HistoryRowWriter.RowKey(1);
        if (PayloadBlobs.IsLarge(start.Input))
        {
            var name = PayloadBlobs.Name(
                start.InstanceId, start.ExecutionId, rowKey, nameof(HistoryEvent.ExecutionStarted), "Input", start.Input!);
            await parts.Blobs.WriteAsync(name, start.Input!, cancellation).ConfigureAwait(false);
        }

        return parts.Blobs.Column(
            start.InstanceId, start.ExecutionId, rowKey, nameof(HistoryEvent.ExecutionStarted), "Input", start.Input);
    }

    private async Task<InstanceSlot> StoreAsync(InstanceRecord record, HistoryEvent.ExecutionStarted start, CancellationToken cancellation)
    {
        var (inserted, etag) = await parts.Instances.TryInsertAsync(record, cancellation).ConfigureAwait(false);
        if (!inserted)
        {
            etag = await ReplaceAsync(record, cancellation).ConfigureAwait(false);
        }

        var stored = record with { ETag = etag };
        return new InstanceSlot(stored, new RowProjection(stored, parts.Instances, failed)) { IsFresh = inserted, FreshStart = start };
    }

    private async Task<ETag> ReplaceAsync(InstanceRecord record, CancellationToken cancellation)
    {
        await parts.EndedInstances.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var there = await parts.Instances.FindAsync(record.InstanceId, cancellation).ConfigureAwait(false);
            var (stored, etag) = there switch
            {
                null => await parts.Instances.TryInsertAsync(record, cancellation).ConfigureAwait(false),
                { HasEnded: true } => await parts.Instances.TryReplaceAsync(there, record, cancellation).ConfigureAwait(false),
                _ => (false, default),
            };
            return stored ? etag : throw new InvalidOperationException(
                $"An orchestration instance '{record.InstanceId}' already exists ({there?.RuntimeStatus ?? InstanceStatus.Pending}).");
        }
        finally
        {
            parts.EndedInstances.Release();
        }
    }
}
