namespace Custody.Core.Alerts;

/// <summary>Who is told. The default value is everybody who reads alerts.</summary>
public enum AlertChannel
{
    /// <summary>Every operator.</summary>
    Operations = 0,

    /// <summary>The SOC's people alone; nothing that others can read says that the alert exists.</summary>
    Soc,
}
