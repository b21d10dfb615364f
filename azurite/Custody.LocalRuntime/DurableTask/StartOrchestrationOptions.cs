namespace Microsoft.DurableTask;

/// <summary>How an orchestration is to be started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an instance id and a start time, each optional.</summary>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>The instance id; a random one when null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start; at once when null or past.</summary>
    public DateTimeOffset? StartAt { get; init; }
}
