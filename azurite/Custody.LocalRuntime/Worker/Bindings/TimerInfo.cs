namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told of its schedule.</summary>
public sealed class TimerInfo
{
    /// <summary>The monitored status; null when the schedule is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True for a run that was missed while the host was down.</summary>
    public bool IsPastDue { get; set; }
}
