namespace Custody.Core.Policy;

/// <summary>What a velocity limit adds up over, narrow to wide: reservations are made in this order.</summary>
public enum LimitScope
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>Per destination address.</summary>
    Destination,

    /// <summary>Per client.</summary>
    Client,

    /// <summary>Per vault.</summary>
    Vault,

    /// <summary>The whole platform.</summary>
    Platform,
}
