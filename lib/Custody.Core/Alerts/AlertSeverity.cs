namespace Custody.Core.Alerts;

/// <summary>How fast people must act. The default value is the most urgent, so that an alert without one is not overlooked.</summary>
public enum AlertSeverity
{
    /// <summary>Now: money may be at risk.</summary>
    P1 = 0,

    /// <summary>Within the hour.</summary>
    P2,

    /// <summary>Today.</summary>
    P3,

    /// <summary>For the record.</summary>
    P4,
}
