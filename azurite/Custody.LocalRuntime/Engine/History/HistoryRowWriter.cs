using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace Custody.LocalRuntime.Engine.History;

/// <summary>Writes events as rows with the official provider's columns and types.</summary>
internal static class HistoryRowWriter
{
    private const string Null = "null";

    public static string RowKey(long ordinal) => ordinal.ToString("X16", CultureInfo.InvariantCulture);

    public static TableEntity Write(string instanceId, string executionId, long ordinal, HistoryEvent e)
    {
        var row = new TableEntity(instanceId, RowKey(ordinal))
        {
            ["EventId"] = e.EventId,
            ["EventType"] = e.GetType().Name,
            ["ExecutionId"] = executionId,
            ["IsPlayed"] = e.IsInput,
            ["_Timestamp"] = e.Timestamp,
        };
        WriteOwnColumns(row, e);
        return row;
    }

    private static void WriteOwnColumns(TableEntity row, HistoryEvent e)
    {
        switch (e)
        {
            case HistoryEvent.ExecutionStarted started:
                WriteStart(row, started);
                break;
            case HistoryEvent.TaskScheduled scheduled:
                row["Name"] = scheduled.Name;
                row["Version"] = "";
                row["Tags"] = "{}";
                row["ParentTraceContext"] = Null;

                // Not in the official layout, where the input travels in a queue message only.
                row["Input"] = scheduled.Input;
                break;
            case HistoryEvent.TaskCompleted completed:
                row["TaskScheduledId"] = completed.TaskScheduledId;
                row["Result"] = completed.Result ?? Null;
                break;
            case HistoryEvent.TaskFailed failed:
                row["TaskScheduledId"] = failed.TaskScheduledId;
                row["Reason"] = failed.Failure.ErrorMessage;
                row["FailureDetails"] = FailureDetailsJson.Write(failed.Failure);
                break;
            case HistoryEvent.TimerCreated created:
                row["FireAt"] = created.FireAt;
                break;
            case HistoryEvent.TimerFired fired:
                row["FireAt"] = fired.FireAt;
                row["TimerId"] = fired.TimerId;
                break;
            case HistoryEvent.EventRaised raised:
                row["Name"] = raised.Name;
                row["Input"] = raised.Input ?? Null;
                row["ParentTraceContext"] = TraceContextJson.Write(raised.TraceParent);
                break;
            case HistoryEvent.ExecutionSuspended suspended:
                row["Reason"] = suspended.Reason ?? "";
                break;
            case HistoryEvent.ExecutionResumed resumed:
                row["Reason"] = resumed.Reason ?? "";
                break;
            case HistoryEvent.ExecutionTerminated terminated:
                row["Input"] = terminated.Input ?? Null;
                break;
            case HistoryEvent.ExecutionCompleted completed:
                row["OrchestrationStatus"] = completed.Status;
                row["Result"] = completed.Result ?? Null;
                row["FailureDetails"] = FailureDetailsJson.Write(completed.Failure);
                break;
        }
    }

    private static void WriteStart(TableEntity row, HistoryEvent.ExecutionStarted started)
    {
        row["Name"] = started.Name;
        row["Version"] = "";
        row["Input"] = started.Input ?? Null;
        row["OrchestrationInstance"] = JsonSerializer.Serialize(new { started.InstanceId, started.ExecutionId });
        row["ParentInstance"] = Null;
        row["ParentTraceContext"] = TraceContextJson.Write(started.TraceParent);
        row["Tags"] = Null;
        row["Generation"] = 0;
        row["GenerateNewTrace"] = false;
    }
}
