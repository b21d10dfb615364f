namespace Custody.Core.Governance;

/// <summary>What a registered key is for. A public key has one role, for one person or client.</summary>
public enum KeyRole
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>Signs governance.</summary>
    Governor,

    /// <summary>Signs an exchange's requests.</summary>
    Client,

    /// <summary>Signs votes.</summary>
    ApproverDevice,

    /// <summary>Signs freezes, thaws and resolutions.</summary>
    Operator,

    /// <summary>Signs comparison certificates.</summary>
    Comparison,

    /// <summary>Signs prices.</summary>
    PriceSource,

    /// <summary>Signs votes as a WebAuthn credential; no JWS of it counts.</summary>
    ApproverCredential,
}
