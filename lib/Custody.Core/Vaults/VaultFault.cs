namespace Custody.Core.Vaults;

/// <summary>Why a vault did not answer with what was asked: a closed set. The default value is Unknown: it may have signed.</summary>
public enum VaultFault
{
    /// <summary>The device did not say; a signature may exist inside it.</summary>
    Unknown = 0,

    /// <summary>The PKCS#11 module could not be loaded.</summary>
    ModuleMissing,

    /// <summary>No token with the configured label or serial is present.</summary>
    TokenMissing,

    /// <summary>The PIN was refused. It is not tried again: a further try could lock the token.</summary>
    WrongPin,

    /// <summary>The token's PIN is locked.</summary>
    PinLocked,

    /// <summary>The key is not on the token.</summary>
    KeyMissing,

    /// <summary>The key's attributes are not those of a vault key (sensitive, never extractable, generated inside, sign-only).</summary>
    KeyNotAttested,

    /// <summary>What was to be signed is not a 32-byte digest.</summary>
    BadDigest,
}
