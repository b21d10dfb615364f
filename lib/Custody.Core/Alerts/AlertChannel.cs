namespace Custody.Core.Alerts;

/// <summary>Who is told. The default value reads nothing.</summary>
public enum AlertChannel
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>Every operator.</summary>
    Operations,

    /// <summary>The SOC's people alone; nothing that others can read says that the alert exists.</summary>
    Soc,
}
