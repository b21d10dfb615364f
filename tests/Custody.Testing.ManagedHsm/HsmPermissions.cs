namespace Custody.Testing.ManagedHsm;

/// <summary>What a token's bearer may do: the data actions of a role in the HSM's local RBAC.</summary>
[Flags]
public enum HsmPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Microsoft.KeyVault/managedHsm/keys/read/action.</summary>
    Read = 1,

    /// <summary>Microsoft.KeyVault/managedHsm/keys/sign/action.</summary>
    Sign = 2,

    /// <summary>Microsoft.KeyVault/managedHsm/keys/write/action.</summary>
    Write = 4,

    /// <summary>What the app's role has.</summary>
    Signer = Read | Sign,
}
