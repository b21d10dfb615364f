namespace Custody.Core.Approvals;

/// <summary>What a device's key is for; only the gate can tell. The default value is none and opens nothing.</summary>
public enum DeviceKind
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>An ordinary device.</summary>
    Plain,

    /// <summary>The key that its owner uses when forced to approve.</summary>
    Duress,
}
