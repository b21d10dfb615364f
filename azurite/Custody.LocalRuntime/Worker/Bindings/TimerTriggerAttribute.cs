using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function on a schedule.</summary>
public sealed class TimerTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Takes a cron expression of 5 or 6 fields, a time span, or a setting's name between percent signs.</summary>
    public TimerTriggerAttribute(string schedule) => Schedule = schedule;

    /// <summary>The schedule as written.</summary>
    public string Schedule { get; }

    /// <summary>Runs the function once whenever the host starts.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Keeps the schedule's status in storage, so that a run missed while the host was down is caught up.</summary>
    public bool UseMonitor { get; set; } = true;
}
