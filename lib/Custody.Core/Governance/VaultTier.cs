namespace Custody.Core.Governance;

/// <summary>How far from the network a vault's key is. The default value is no tier and pays nothing.</summary>
public enum VaultTier
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>Online.</summary>
    Hot,

    /// <summary>Online behind more people.</summary>
    Warm,

    /// <summary>Offline.</summary>
    Cold,
}
