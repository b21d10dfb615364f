using Azure;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>
/// The Instances row: a projection of the history for those who ask. <see cref="Input"/> and <see cref="Output"/> hold
/// the columns' own text, which is a blob's address where the value is large.
/// </summary>
internal sealed record InstanceRecord
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    public required string ExecutionId { get; init; }

    public required string RuntimeStatus { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }

    public DateTimeOffset LastUpdatedTime { get; init; }

    public DateTimeOffset? CompletedTime { get; init; }

    public DateTimeOffset? ScheduledStartTime { get; init; }

    public string? Input { get; init; }

    public string? Output { get; init; }

    /// <summary>JSON, or null when the column is not there yet.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>The trace context that the instance was scheduled under.</summary>
    public string? TraceParent { get; init; }

    public ETag ETag { get; init; }

    public bool HasEnded => InstanceStatus.IsEnd(RuntimeStatus);
}
