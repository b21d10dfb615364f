using System.Text.Json;
using Azure.Data.Tables;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>The Instances row's columns, as the official provider names and types them.</summary>
internal static class InstanceRow
{
    private const string Null = "null";
    private const string TraceParentTag = "traceparent";

    public static TableEntity Whole(InstanceRecord record, string hub)
    {
        var row = new TableEntity(record.InstanceId, "")
        {
            ["Name"] = record.Name,
            ["Version"] = "",
            ["Input"] = record.Input ?? Null,
            ["RuntimeStatus"] = record.RuntimeStatus,
            ["CreatedTime"] = record.CreatedTime,
            ["LastUpdatedTime"] = record.LastUpdatedTime,
            ["ExecutionId"] = record.ExecutionId,
            ["Generation"] = 0,
            ["TaskHubName"] = hub,
            ["Tags"] = WriteTags(record.TraceParent),
            ["CustomStatus"] = record.CustomStatus,
            ["Output"] = record.Output,
            ["CompletedTime"] = record.CompletedTime,
            ["ScheduledStartTime"] = record.ScheduledStartTime,
        };

        return row;
    }

    /// <summary>The columns in which <paramref name="now"/> differs from <paramref name="before"/>.</summary>
    public static TableEntity Changes(InstanceRecord before, InstanceRecord now)
    {
        var row = new TableEntity(now.InstanceId, "") { ["LastUpdatedTime"] = now.LastUpdatedTime };
        Set("RuntimeStatus", before.RuntimeStatus, now.RuntimeStatus);
        Set("CustomStatus", before.CustomStatus, now.CustomStatus);
        Set("ExecutionId", before.ExecutionId, now.ExecutionId);
        Set("Output", before.Output, now.Output);
        if (now.ExecutionId != before.ExecutionId)
        {
            row["CreatedTime"] = now.CreatedTime;
            row["Input"] = now.Input ?? Null;
        }

        if (now.CompletedTime is { } completed)
        {
            row["CompletedTime"] = completed;
        }

        return row;

        void Set(string column, string? old, string? value)
        {
            if (old != value)
            {
                row[column] = value;
            }
        }
    }

    public static InstanceRecord Read(TableEntity row) => new()
    {
        InstanceId = row.PartitionKey,
        Name = row.GetString("Name") ?? "",
        ExecutionId = row.GetString("ExecutionId") ?? "",
        RuntimeStatus = row.GetString("RuntimeStatus") ?? InstanceStatus.Pending,
        CreatedTime = row.GetDateTimeOffset("CreatedTime") ?? default,
        LastUpdatedTime = row.GetDateTimeOffset("LastUpdatedTime") ?? default,
        CompletedTime = row.GetDateTimeOffset("CompletedTime"),
        ScheduledStartTime = row.GetDateTimeOffset("ScheduledStartTime"),
        Input = row.GetString("Input") is { } input and not Null ? input : null,
        Output = row.GetString("Output") is { } output and not Null ? output : null,
        CustomStatus = row.GetString("CustomStatus"),
        TraceParent = ReadTags(row.GetString("Tags")),
        ETag = row.ETag,
    };

    // Until the history exists, the trace context that its start row will carry waits here as a tag.
    private static string WriteTags(string? traceParent) =>
        traceParent is null ? Null : JsonSerializer.Serialize(new Dictionary<string, string> { [TraceParentTag] = traceParent });

    private static string? ReadTags(string? tags)
    {
        try
        {
            return tags is null or Null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(tags)?.GetValueOrDefault(TraceParentTag);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
