using System.Diagnostics;
using System.Threading.Channels;
using Custody.LocalRuntime.Engine.History;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>Runs activities after the commit that scheduled them, and sends what they give back to their instance.</summary>
internal sealed class ActivityDispatcher(EngineParts parts)
{
    private static readonly ActivitySource Source = new("Custody.LocalRuntime");
    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>();

    private sealed record Work(InstanceSlot Slot, string ExecutionId, HistoryEvent.TaskScheduled Task, string? TraceParent);

    public void Dispatch(InstanceSlot slot, HistoryEvent.ExecutionStarted start, HistoryEvent.TaskScheduled task) =>
        _queue.Writer.TryWrite(new Work(slot, start.ExecutionId, task, start.TraceParent));

    /// <summary>One of the dispatcher's workers; runs until the host stops.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Work work;
            try
            {
                work = await _queue.Reader.ReadAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await RunAsync(work, stop).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(Work work, CancellationToken stop)
    {
        HistoryEvent answer;
        try
        {
            var result = await InvokeAsync(work, stop).ConfigureAwait(false);
            answer = new HistoryEvent.TaskCompleted(parts.Time.GetUtcNow(), work.Task.EventId, parts.Options.Converter.Serialize(result));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The stop may be what made it fail: it runs again when the host does.
            return;
        }
        catch (Exception e)
        {
            EngineLog.ActivityFailed(parts.Log, work.Task.Name, work.Task.EventId, work.Slot.InstanceId, e.Message);
            answer = new HistoryEvent.TaskFailed(parts.Time.GetUtcNow(), work.Task.EventId, TaskFailureDetails.FromException(e));
        }

        parts.Directory.Send(work.Slot, new InstanceMessage(answer, work.ExecutionId));
    }

    private async Task<object?> InvokeAsync(Work work, CancellationToken stop)
    {
        var (name, id) = (work.Task.Name, work.Task.EventId);
        if (!parts.Catalog.Activities.TryGetValue(name, out var activity))
        {
            throw new InvalidOperationException($"The app has no activity '{name}'. It has: {string.Join(", ", parts.Catalog.Activities.Keys)}.");
        }

        _ = ActivityContext.TryParse(work.TraceParent, null, isRemote: true, out var parent);
        using var span = Source.StartActivity($"activity:{name}", ActivityKind.Internal, parent);
        span?.SetTag("durabletask.type", "activity");
        span?.SetTag("durabletask.task.name", name);
        span?.SetTag("durabletask.task.instance_id", work.Slot.InstanceId);
        span?.SetTag("durabletask.task.task_id", id);
        try
        {
            return await activity(new ActivityCall(
                name, work.Slot.InstanceId, work.ExecutionId, id, work.Task.Input, parts.Options.Converter, work.TraceParent, stop))
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }
}
