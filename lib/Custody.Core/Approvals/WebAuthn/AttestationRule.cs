using System.Security.Cryptography;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>
/// Rule: the attestation is <c>packed</c>, the model is governed, and the statement verifies (WebAuthn Level 3 §8.2.1): under an
/// attestation certificate below the model's roots where governance names roots; else under its certificate or the
/// credential's own key. <c>none</c> and every other format say nothing that could be checked, and are refused.
/// </summary>
public static class AttestationRule
{
    /// <summary>Checks an attestation object over the client data.</summary>
    public static Verdict Check(AttestationObject attestation, AttestedCredential credential, ReadOnlySpan<byte> clientData, WebAuthnTerms terms)
    {
        if (attestation.Format != PackedStatement.Format || PackedStatement.Read(attestation.Statement) is not { } packed || packed.Algorithm != CoseKey.Es256)
        {
            return Verdict.Refused(RefusalCode.WebAuthnAttestationMissing, $"The attestation '{attestation.Format}' is no packed ES256 attestation.");
        }

        if (terms.Models.FirstOrDefault(m => m.Aaguid == credential.Aaguid) is not { } model)
        {
            return Verdict.Refused(RefusalCode.WebAuthnModelForbidden, $"The authenticator's model {credential.Aaguid} is not governed.");
        }

        byte[] signed = [.. attestation.AuthenticatorData, .. SHA256.HashData(clientData)];
        var problem = packed.Certificates.Count > 0 ? AttestationCertificate.Problem(packed, credential, model, signed)
            : model.Roots is { Count: > 0 } ? "the credential attests itself, and governance names the model's roots"
            : !Es256Der.Verify(credential.Point, signed, packed.Signature) ? "the statement does not verify under the credential's key"
            : null;
        return problem is null ? Verdict.Allowed : Verdict.Refused(RefusalCode.WebAuthnAttestationInvalid, $"The attestation does not count: {problem}.");
    }
}
