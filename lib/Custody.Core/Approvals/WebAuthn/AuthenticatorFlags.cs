namespace Custody.Core.Approvals.WebAuthn;

/// <summary>The flags of authenticator data (WebAuthn Level 3 §6.1).</summary>
[Flags]
public enum AuthenticatorFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>UP: somebody was there.</summary>
    UserPresent = 0x01,

    /// <summary>UV: it was the owner, by PIN or by body.</summary>
    UserVerified = 0x04,

    /// <summary>BE: the credential can leave its authenticator.</summary>
    BackupEligible = 0x08,

    /// <summary>BS: it has.</summary>
    BackedUp = 0x10,

    /// <summary>AT: a credential follows.</summary>
    Attested = 0x40,

    /// <summary>ED: extensions follow.</summary>
    Extensions = 0x80,
}
