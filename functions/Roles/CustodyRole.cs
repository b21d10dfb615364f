namespace Custody.Functions.Roles;

/// <summary>What a process of the system is for.</summary>
public enum CustodyRole
{
    /// <summary>None; it may do nothing.</summary>
    Unknown = 0,

    /// <summary>All three in one process.</summary>
    All,

    /// <summary>The API, the orchestrations and the timers. It holds no key and writes no journal.</summary>
    Pipeline,

    /// <summary>The gate, its vaults, and the journals.</summary>
    Signer,

    /// <summary>Compares, certifies and broadcasts.</summary>
    Sender,
}
