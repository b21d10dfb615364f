namespace Custody.Core.Governance;

/// <summary>The states of a key (NIST SP 800-57 Part 1 Rev. 5, section 7). Only an active one signs.</summary>
public enum VaultKeyState
{
    /// <summary>None; refused.</summary>
    Unspecified = 0,

    /// <summary>It exists and is not to be used yet.</summary>
    PreActivation,

    /// <summary>It signs.</summary>
    Active,

    /// <summary>It does not sign for now, and may be active again.</summary>
    Suspended,

    /// <summary>It will never sign again; what it signed stays good.</summary>
    Deactivated,

    /// <summary>Somebody else may have it; it will never sign again.</summary>
    Compromised,

    /// <summary>It no longer exists.</summary>
    Destroyed,
}
