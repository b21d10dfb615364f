namespace Custody.Core.Signatures;

/// <summary>Why a JWS does not count: a closed set.</summary>
public enum JwsRefusal
{
    /// <summary>No reason was given; still a refusal.</summary>
    Unspecified = 0,

    /// <summary>Not three base64url parts with a header of exactly the known members.</summary>
    Malformed,

    /// <summary>Another document's type.</summary>
    WrongType,

    /// <summary>The key is not registered for this purpose.</summary>
    UnknownKey,

    /// <summary>The header claims another algorithm than the registered key's.</summary>
    WrongAlgorithm,

    /// <summary>The signature does not verify.</summary>
    BadSignature,

    /// <summary>The header has no issue time, or one in the future.</summary>
    BadIssueTime,

    /// <summary>The key's terms do not cover this time.</summary>
    KeyNotValid,
}
