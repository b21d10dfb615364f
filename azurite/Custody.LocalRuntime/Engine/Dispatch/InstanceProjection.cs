using Custody.LocalRuntime.Engine.History;
using Custody.LocalRuntime.Engine.Replay;
using Custody.LocalRuntime.Engine.Storage;

namespace Custody.LocalRuntime.Engine.Dispatch;

/// <summary>What the Instances row shows of a history.</summary>
internal static class InstanceProjection
{
    /// <summary>The row after an episode; equal to <paramref name="before"/> when nothing that it shows has changed.</summary>
    public static InstanceRecord Of(InstanceRecord before, OrchestrationSession session, EpisodePlan? plan, Outcome outcome, EngineParts parts)
    {
        var start = session.Executor.Start;

        // The input is in the row and in the history: a waiting instance need not keep it in memory too.
        var record = before with { Input = null, CustomStatus = session.Executor.CustomStatus ?? before.CustomStatus ?? "null" };
        if (start.ExecutionId != before.ExecutionId)
        {
            record = record with
            {
                ExecutionId = start.ExecutionId,
                CreatedTime = start.Timestamp,
                Input = parts.Blobs.Column(
                    before.InstanceId, start.ExecutionId, HistoryRowWriter.RowKey(1), nameof(HistoryEvent.ExecutionStarted), "Input", start.Input),
            };
        }

        return outcome switch
        {
            Outcome.Ended when plan?.Checkpoint is { } checkpoint => End(record, checkpoint.Events, checkpoint.FirstOrdinal, parts),
            Outcome.Waiting { Suspended: true } => record with { RuntimeStatus = InstanceStatus.Suspended },
            _ => record with { RuntimeStatus = InstanceStatus.Running },
        };
    }

    /// <summary>The row of an instance whose history has ended.</summary>
    public static InstanceRecord Ended(InstanceRecord before, StoredHistory stored, EngineParts parts) =>
        End(before with { ExecutionId = stored.ExecutionId ?? before.ExecutionId }, stored.Events, 0, parts) with
        {
            LastUpdatedTime = parts.Time.GetUtcNow(),
        };

    private static InstanceRecord End(InstanceRecord record, IReadOnlyList<HistoryEvent> rows, long firstOrdinal, EngineParts parts)
    {
        var index = rows.Count - 1;
        while (rows[index] is not HistoryEvent.ExecutionCompleted)
        {
            index--;
        }

        var end = (HistoryEvent.ExecutionCompleted)rows[index];
        return record with
        {
            RuntimeStatus = end.Status,
            CompletedTime = end.Timestamp,
            Output = parts.Blobs.Column(
                record.InstanceId, record.ExecutionId, HistoryRowWriter.RowKey(firstOrdinal + index), nameof(HistoryEvent.ExecutionCompleted),
                "Result", end.Result),
        };
    }
}
