using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Engine.History;

/// <summary>
/// A row of an instance's history. The nested types' names are the stored EventType values, so renaming one
/// makes every stored history unreadable.
/// </summary>
internal abstract record HistoryEvent(DateTimeOffset Timestamp)
{
    /// <summary>The number of the task or timer that the row creates; -1 for every other row.</summary>
    public int EventId { get; init; } = -1;

    /// <summary>True for what comes to an instance from outside, false for what the instance itself does.</summary>
    public virtual bool IsInput => false;

    public sealed record OrchestratorStarted(DateTimeOffset Timestamp) : HistoryEvent(Timestamp);

    public sealed record OrchestratorCompleted(DateTimeOffset Timestamp) : HistoryEvent(Timestamp);

    public sealed record ExecutionStarted(
        DateTimeOffset Timestamp, string Name, string? Input, string InstanceId, string ExecutionId, string? TraceParent) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record TaskScheduled(DateTimeOffset Timestamp, string Name, string? Input) : HistoryEvent(Timestamp);

    public sealed record TaskCompleted(DateTimeOffset Timestamp, int TaskScheduledId, string? Result) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record TaskFailed(DateTimeOffset Timestamp, int TaskScheduledId, TaskFailureDetails Failure) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record TimerCreated(DateTimeOffset Timestamp, DateTimeOffset FireAt) : HistoryEvent(Timestamp);

    public sealed record TimerFired(DateTimeOffset Timestamp, int TimerId, DateTimeOffset FireAt) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record EventRaised(DateTimeOffset Timestamp, string Name, string? Input, string? TraceParent) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record ExecutionSuspended(DateTimeOffset Timestamp, string? Reason) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record ExecutionResumed(DateTimeOffset Timestamp, string? Reason) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record ExecutionTerminated(DateTimeOffset Timestamp, string? Input) : HistoryEvent(Timestamp)
    {
        public override bool IsInput => true;
    }

    public sealed record ExecutionCompleted(DateTimeOffset Timestamp, string Status, string? Result, TaskFailureDetails? Failure)
        : HistoryEvent(Timestamp);
}
