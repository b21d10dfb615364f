using Custody.LocalRuntime.Engine.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>The orchestration context: each call becomes a numbered action whose answer comes from the history.</summary>
internal sealed class ReplayContext(
    HistoryEvent.ExecutionStarted start, DataConverter converter, ILoggerFactory logs, SingleThreadContext thread, Action foreignAwait)
    : TaskOrchestrationContext
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);
    private int _guids;

    public ScheduledActions Actions { get; } = new();

    public EventWaiters Events { get; } = new(converter);

    public DateTimeOffset Now { get; set; }

    public bool Replaying { get; set; }

    public string? CustomStatus { get; private set; }

    /// <summary>Set once ContinueAsNew was called.</summary>
    public (string? Input, bool KeepEvents)? Restart { get; private set; }

    public override TaskName Name => start.Name;

    public override string InstanceId => start.InstanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => Now.UtcDateTime;

    public override bool IsReplaying => Replaying;

    protected override ILoggerFactory LoggerFactory => logs;

    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(start.Input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        EnsureOwnThread();
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("TaskOptions were given as the activity's input; pass them as options.", nameof(input));
        }

        var text = converter.Serialize(input);
        var result = options?.Retry?.Policy is { } policy
            ? await CallWithRetriesAsync(name, text, policy)
            : await CallOnceAsync(name, text);
        return converter.Deserialize<TResult>(result)!;
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOwnThread();
        var end = new DateTimeOffset(fireAt.ToUniversalTime(), TimeSpan.Zero);
        while (end - Now > LongestTimer && !cancellationToken.IsCancellationRequested)
        {
            await Actions.Add(new HistoryEvent.TimerCreated(Now, Now + LongestTimer), cancellationToken).Answer;
        }

        await Actions.Add(new HistoryEvent.TimerCreated(Now, end), cancellationToken).Answer;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureOwnThread();
        return Events.Wait<T>(eventName, cancellationToken);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOwnThread();
        CustomStatus = converter.Serialize(customStatus) ?? "null";
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        EnsureOwnThread();
        Restart = (converter.Serialize(newInput), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        EnsureOwnThread();
        return DeterministicGuid.Create(InstanceId, CurrentUtcDateTime, _guids++);
    }

    private async Task<string?> CallOnceAsync(TaskName name, string? input)
    {
        var (id, answered) = Actions.Add(new HistoryEvent.TaskScheduled(Now, name.Name, input));
        return await answered switch
        {
            HistoryEvent.TaskCompleted completed => completed.Result,
            HistoryEvent.TaskFailed failed => throw new TaskFailedException(name.Name, id, failed.Failure),
            var other => throw new NonDeterminismException($"activity '{name}' (#{id}) was answered by {other.GetType().Name}"),
        };
    }

    /// <summary>As the official worker: a timer after every failed attempt, the last included, whose timer has no length.</summary>
    private async Task<string?> CallWithRetriesAsync(TaskName name, string? input, RetryPolicy policy)
    {
        var begun = Now;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await CallOnceAsync(name, input);
            }
            catch (TaskFailedException) when (policy.RetryTimeout == Timeout.InfiniteTimeSpan || Now - begun < policy.RetryTimeout)
            {
                var last = attempt == policy.MaxNumberOfAttempts;
                var pause = last ? TimeSpan.Zero : Pause(policy, attempt);
                await Actions.Add(new HistoryEvent.TimerCreated(Now, Now + pause)).Answer;
                if (last)
                {
                    throw;
                }
            }
        }
    }

    private static TimeSpan Pause(RetryPolicy policy, int attempt)
    {
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private void EnsureOwnThread()
    {
        if (!thread.IsOwn)
        {
            foreignAwait();
            throw new ForeignAwaitException();
        }
    }
}
