using System.Diagnostics;
using Custody.LocalRuntime.Engine.Dispatch;
using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Custody.LocalRuntime.Engine.Client;

/// <summary>The client of the hub that this process owns. What it acknowledges is committed.</summary>
internal sealed class EngineClient(EngineParts parts, InstanceStarter starter, Func<CancellationToken, Task> ready, Action<Exception> failed)
    : DurableTaskClient(parts.Names.Hub)
{
    /// <summary>A name is a table column, which a longer one would not fit: that must not reach a commit.</summary>
    private const int LongestEventName = 1000;

    private readonly MetadataReader _reader = new(parts);

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        await ready(cancellation).ConfigureAwait(false);
        return await starter.StartAsync(orchestratorName, input, options, cancellation).ConfigureAwait(false);
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(eventName.Length, LongestEventName, nameof(eventName));
        var text = parts.Options.Converter.Serialize(eventPayload);
        var slot = await FindLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        ThrowIfNotDue(slot);
        await SendAsync(slot, new HistoryEvent.EventRaised(parts.Time.GetUtcNow(), eventName, text, Activity.Current?.Id), false, cancellation)
            .ConfigureAwait(false);
    }

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        var slot = await FindLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        ThrowIfNotDue(slot);
        await SendAsync(slot, new HistoryEvent.ExecutionSuspended(parts.Time.GetUtcNow(), reason), true, cancellation).ConfigureAwait(false);
    }

    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        var slot = await FindLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        ThrowIfNotDue(slot);
        await SendAsync(slot, new HistoryEvent.ExecutionResumed(parts.Time.GetUtcNow(), reason), true, cancellation).ConfigureAwait(false);
    }

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var slot = await FindLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        var output = parts.Options.Converter.Serialize(options?.Output);
        await SendAsync(slot, new HistoryEvent.ExecutionTerminated(parts.Time.GetUtcNow(), output), true, cancellation).ConfigureAwait(false);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.Started, record => record.RuntimeStatus != InstanceStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.Ended, record => record.HasEnded, getInputsAndOutputs, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        await ready(cancellation).ConfigureAwait(false);
        return await parts.Instances.FindAsync(InstanceIds.Check(instanceId), cancellation).ConfigureAwait(false) is { } record
            ? await _reader.ReadAsync(record, getInputsAndOutputs, cancellation).ConfigureAwait(false)
            : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstancePages(parts, _reader, ready, filter ?? new OrchestrationQuery());

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        await ready(cancellation).ConfigureAwait(false);
        await parts.EndedInstances.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return new PurgeResult(await PurgeEndedAsync(InstanceIds.Check(instanceId), cancellation).ConfigureAwait(false), true);
        }
        finally
        {
            parts.EndedInstances.Release();
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<int> PurgeEndedAsync(string instanceId, CancellationToken cancellation)
    {
        if (await parts.Instances.FindAsync(instanceId, cancellation).ConfigureAwait(false) is not { HasEnded: true } record)
        {
            return 0;
        }

        // The row goes last: while it is there, a purge that was cut off can be asked for again.
        await parts.Blobs.DeleteAllAsync(instanceId, cancellation).ConfigureAwait(false);
        await parts.History.PurgeAsync(instanceId, cancellation).ConfigureAwait(false);
        await parts.Instances.DeleteAsync(record, cancellation).ConfigureAwait(false);
        return 1;
    }

    private async Task SendAsync(InstanceSlot slot, HistoryEvent e, bool awaitRow, CancellationToken cancellation)
    {
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!parts.Directory.Send(slot, new InstanceMessage(e, Acknowledge: acknowledged, AwaitRow: awaitRow)))
        {
            throw Ended(slot.InstanceId, slot.Row.Wanted.RuntimeStatus);
        }

        await acknowledged.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<InstanceSlot> FindLiveAsync(string instanceId, CancellationToken cancellation)
    {
        await ready(cancellation).ConfigureAwait(false);
        if (parts.Directory.Find(instanceId) is { } slot)
        {
            return slot;
        }

        var record = await parts.Instances.FindAsync(InstanceIds.Check(instanceId), cancellation).ConfigureAwait(false) ?? throw Unknown(instanceId);
        if (record.HasEnded)
        {
            throw Ended(instanceId, record.RuntimeStatus);
        }

        return parts.Directory.Adopt(
            instanceId, () => new InstanceSlot(record, new RowProjection(record, parts.Instances, failed)) { NeedsDispatch = true });
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId,
        Func<RowProjection, Task<InstanceRecord>> signal,
        Func<InstanceRecord, bool> reached,
        bool withPayloads,
        CancellationToken cancellation)
    {
        await ready(cancellation).ConfigureAwait(false);
        if (parts.Directory.Find(instanceId) is { } live)
        {
            var known = await signal(live.Row).WaitAsync(cancellation).ConfigureAwait(false);
            if (!withPayloads)
            {
                return await _reader.ReadAsync(known, false, cancellation).ConfigureAwait(false);
            }
        }

        var record = await parts.Instances.FindAsync(InstanceIds.Check(instanceId), cancellation).ConfigureAwait(false) ?? throw Unknown(instanceId);
        return reached(record)
            ? await _reader.ReadAsync(record, withPayloads, cancellation).ConfigureAwait(false)
            : throw new InvalidOperationException($"The orchestration instance '{instanceId}' was replaced by another one of the same id.");
    }

    private void ThrowIfNotDue(InstanceSlot slot)
    {
        var row = slot.Row.Wanted;
        if (row.RuntimeStatus == InstanceStatus.Pending && row.ScheduledStartTime is { } at && at > parts.Time.GetUtcNow())
        {
            throw new InvalidOperationException($"The orchestration instance '{row.InstanceId}' starts only at {at:O}.");
        }
    }

    private static InvalidOperationException Unknown(string instanceId) => new($"There is no orchestration instance '{instanceId}'.");

    private static InvalidOperationException Ended(string instanceId, string status) =>
        new($"The orchestration instance '{instanceId}' has already ended ({status}).");
}
