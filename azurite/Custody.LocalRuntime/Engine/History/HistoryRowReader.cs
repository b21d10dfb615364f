using Azure.Data.Tables;

namespace Custody.LocalRuntime.Engine.History;

/// <summary>Reads the rows that <see cref="HistoryRowWriter"/> writes, and refuses every other row by name.</summary>
internal static class HistoryRowReader
{
    public static HistoryEvent Read(TableEntity row)
    {
        var at = Required<DateTimeOffset>(row, "_Timestamp");
        HistoryEvent e = Required<string>(row, "EventType") switch
        {
            nameof(HistoryEvent.OrchestratorStarted) => new HistoryEvent.OrchestratorStarted(at),
            nameof(HistoryEvent.OrchestratorCompleted) => new HistoryEvent.OrchestratorCompleted(at),
            nameof(HistoryEvent.ExecutionStarted) => new HistoryEvent.ExecutionStarted(
                at, Required<string>(row, "Name"), Json(row, "Input"), row.PartitionKey, Required<string>(row, "ExecutionId"),
                TraceContextJson.Read(row.GetString("ParentTraceContext"))),
            nameof(HistoryEvent.TaskScheduled) => new HistoryEvent.TaskScheduled(at, Required<string>(row, "Name"), row.GetString("Input")),
            nameof(HistoryEvent.TaskCompleted) => new HistoryEvent.TaskCompleted(at, Required<int>(row, "TaskScheduledId"), Json(row, "Result")),
            nameof(HistoryEvent.TaskFailed) => new HistoryEvent.TaskFailed(
                at, Required<int>(row, "TaskScheduledId"),
                FailureDetailsJson.Read(row.GetString("FailureDetails")) ?? throw Missing(row, "FailureDetails")),
            nameof(HistoryEvent.TimerCreated) => new HistoryEvent.TimerCreated(at, Required<DateTimeOffset>(row, "FireAt")),
            nameof(HistoryEvent.TimerFired) => new HistoryEvent.TimerFired(
                at, Required<int>(row, "TimerId"), Required<DateTimeOffset>(row, "FireAt")),
            nameof(HistoryEvent.EventRaised) => new HistoryEvent.EventRaised(
                at, Required<string>(row, "Name"), Json(row, "Input"), TraceContextJson.Read(row.GetString("ParentTraceContext"))),
            nameof(HistoryEvent.ExecutionSuspended) => new HistoryEvent.ExecutionSuspended(at, row.GetString("Reason")),
            nameof(HistoryEvent.ExecutionResumed) => new HistoryEvent.ExecutionResumed(at, row.GetString("Reason")),
            nameof(HistoryEvent.ExecutionTerminated) => new HistoryEvent.ExecutionTerminated(at, Json(row, "Input")),
            nameof(HistoryEvent.ExecutionCompleted) => new HistoryEvent.ExecutionCompleted(
                at, Required<string>(row, "OrchestrationStatus"), Json(row, "Result"), FailureDetailsJson.Read(row.GetString("FailureDetails"))),
            var other => throw new HistoryUnreadableException($"Row {row.RowKey} has the event type '{other}', which this engine does not know."),
        };
        return e with { EventId = Required<int>(row, "EventId") };
    }

    /// <summary>A JSON column, in which the text null stands for no value.</summary>
    private static string? Json(TableEntity row, string column) => row.GetString(column) is { } text and not "null" ? text : null;

    private static T Required<T>(TableEntity row, string column) =>
        row.TryGetValue(column, out var value) && value is T typed ? typed : throw Missing(row, column);

    private static HistoryUnreadableException Missing(TableEntity row, string column) =>
        new($"Row {row.RowKey} has no usable {column}.");
}
