namespace Custody.Cli.Homes;

/// <summary>Who a profile speaks for. The default value is nobody.</summary>
public enum ProfileKind
{
    /// <summary>Nobody; refused.</summary>
    Unknown = 0,

    /// <summary>An exchange.</summary>
    Client,

    /// <summary>An approver, with one device.</summary>
    Approver,

    /// <summary>An operator.</summary>
    Operator,

    /// <summary>A governor.</summary>
    Governor,
}
