using System.Security.Cryptography;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>
/// Rule: the authenticator answered the governed relying party, its owner was there and was verified, and the credential cannot
/// leave it (WebAuthn Level 3 §7.1 steps 13 to 17, §7.2 steps 16 to 20).
/// </summary>
public static class AuthenticatorDataRule
{
    /// <summary>Checks authenticator data.</summary>
    public static Verdict Check(AuthenticatorData data, WebAuthnTerms terms) =>
        !data.RelyingPartyHash.AsSpan().SequenceEqual(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(terms.RelyingPartyId)))
            ? Verdict.Refused(RefusalCode.WebAuthnRelyingPartyMismatch, "The authenticator answered another relying party.")
        : !data.Flags.HasFlag(AuthenticatorFlags.UserPresent) ? Verdict.Refused(RefusalCode.WebAuthnUserAbsent, "The authenticator does not say that somebody was there.")
        : !data.Flags.HasFlag(AuthenticatorFlags.UserVerified) ? Verdict.Refused(RefusalCode.WebAuthnUserUnverified, "The authenticator did not verify who was there.")
        : data.Flags.HasFlag(AuthenticatorFlags.BackupEligible) && terms.BackupEligible != true
            ? Verdict.Refused(RefusalCode.WebAuthnBackupEligible, "The credential can leave its authenticator, and governance does not accept such.")
        : Verdict.Allowed;
}
