namespace Microsoft.Azure.Functions.Worker;

/// <summary>A monitored schedule's status; all times are UTC.</summary>
public sealed class ScheduleStatus
{
    /// <summary>The last run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When the status was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
