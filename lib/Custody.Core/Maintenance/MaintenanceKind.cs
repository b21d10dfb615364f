namespace Custody.Core.Maintenance;

/// <summary>What upkeep operators order. The default value is none and is refused everywhere.</summary>
public enum MaintenanceKind
{
    /// <summary>No kind; refused.</summary>
    Unknown = 0,

    /// <summary>A zero-value transfer of an account to itself, at a nonce that nothing takes.</summary>
    GapFill,

    /// <summary>Native coin from one governed vault to another, for the gas of its tokens.</summary>
    GasFunding,
}
