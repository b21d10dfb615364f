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
}
