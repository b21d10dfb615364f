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

    /// <summary>The key's id names no version, or is a key of another device.</summary>
    KeyNotPinned,

    /// <summary>The key is disabled on the device, or outside the time that it is valid for.</summary>
    KeyInactive,

    /// <summary>The device does not know who asks, or there is no token to be had for it.</summary>
    NotAuthenticated,

    /// <summary>The device asked for a token of another service, or asked in a way that cannot be read; it got none.</summary>
    ChallengeRefused,

    /// <summary>The device knows who asks, and does not permit it.</summary>
    AccessDenied,

    /// <summary>The device is busy with the key in another way (HTTP 409).</summary>
    Conflict,

    /// <summary>The device asks to be left alone for a while.</summary>
    Throttled,

    /// <summary>The device could not be reached, failed or took too long, and cannot have signed.</summary>
    Unreachable,

    /// <summary>The answer is none that the device's interface has, and nothing was signed.</summary>
    MalformedAnswer,

    /// <summary>The device gave a signature that is not its key's over the digest. It was not given out.</summary>
    SignatureInvalid,
}
