using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>Rule: the browser was asked exactly this, by a governed page that stood in no other (WebAuthn Level 3 §7.1 steps 7 to 11, §7.2 steps 11 to 15).</summary>
public static class ClientDataRule
{
    /// <summary>The type of an assertion.</summary>
    public const string Get = "webauthn.get";

    /// <summary>The type of a registration.</summary>
    public const string Create = "webauthn.create";

    /// <summary>Checks client data against the type and the challenge that it must have.</summary>
    public static Verdict Check(ClientData data, string type, ReadOnlySpan<byte> challenge, WebAuthnTerms terms) =>
        data.Type != type ? Verdict.Refused(RefusalCode.WebAuthnTypeWrong, $"The client data has the type '{data.Type}' where '{type}' is expected.")
        : data.Challenge != StrictBase64Url.Encode(challenge) ? Verdict.Refused(RefusalCode.WebAuthnChallengeMismatch, "The challenge is not the digest of what is to be signed.")
        : !terms.Origins.Contains(data.Origin, StringComparer.Ordinal) ? Verdict.Refused(RefusalCode.WebAuthnOriginForbidden, $"The origin '{data.Origin}' is not governed.")
        : data.CrossOrigin != false || data.HasTopOrigin ? Verdict.Refused(RefusalCode.WebAuthnCrossOrigin, "The page stood in another one, or does not say that it did not.")
        : Verdict.Allowed;
}
