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

    /// <summary>All clients and vaults together, per asset.</summary>
    Platform,

    /// <summary>What nobody approved, per asset: the lower window of automatic approval, on all vaults together.</summary>
    Automatic,

    /// <summary>What one customer takes out a day in all assets, in the reference currency's smallest unit. Governed by <see cref="RetailTerms"/>.</summary>
    CustomerValue,

    /// <summary>What leaves over all clients, vaults and assets, in the reference currency's smallest unit. Governed by <see cref="PlatformValueTerms"/>.</summary>
    PlatformValue,
}

/// <summary>What kind of thing a scope adds up.</summary>
public static class LimitScopes
{
    /// <summary>Whether the scope counts a value over all assets, and not an amount of one.</summary>
    public static bool CountsValue(this LimitScope scope) => scope is LimitScope.CustomerValue or LimitScope.PlatformValue;
}
