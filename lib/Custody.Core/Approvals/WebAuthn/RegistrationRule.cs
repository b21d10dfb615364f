using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>
/// Rule: a credential was made for exactly this approver's device, in an authenticator of a governed model that says so under its
/// own signature (WebAuthn Level 3 §7.1). The evidence is part of governance, so everybody who verifies governance asks this.
/// </summary>
public static class RegistrationRule
{
    /// <summary>The domain of a registration's challenge.</summary>
    public const string Domain = "custody/webauthn-registration/v1";

    /// <summary>The challenge of the registration of a device.</summary>
    public static byte[] Challenge(string approverId, string deviceId) =>
        DomainDigest.Compute(Domain, System.Text.Encoding.UTF8.GetBytes(DeviceSubject.Of(approverId, deviceId)));

    /// <summary>Checks the registration of an approver's device, and that governance registers the key that was attested.</summary>
    public static Verdict Check(string approverId, Device device, WebAuthnTerms terms)
    {
        var (verdict, credential) = Check(device.WebAuthn!, Challenge(approverId, device.Id), terms);
        return !verdict.IsAllowed ? verdict
            : device.Key.Algorithm != SignatureAlgorithm.Es256 || !device.Key.PublicKeyBytes().AsSpan().SequenceEqual(credential!.Point)
                ? Verdict.Refused(RefusalCode.WebAuthnKeyMismatch, "The registered key is not the one that was attested.")
            : Verdict.Allowed;
    }

    /// <summary>Checks a registration; the credential only when the verdict allows.</summary>
    public static (Verdict Verdict, AttestedCredential? Credential) Check(WebAuthnCredential evidence, ReadOnlySpan<byte> challenge, WebAuthnTerms terms)
    {
        if (!StrictBase64Url.TryDecode(evidence.Attestation, out var objectBytes) || AttestationObject.Read(objectBytes) is not { } attestation
            || AuthenticatorData.Read(attestation.AuthenticatorData) is not { Credential: { } credential } data
            || !StrictBase64Url.TryDecode(evidence.ClientData, out var clientBytes) || ClientData.Read(clientBytes) is not { } client
            || evidence.CredentialId != StrictBase64Url.Encode(credential.CredentialId))
        {
            return (Verdict.Refused(RefusalCode.WebAuthnMalformed, "The registration is not an attestation object with an ES256 credential of this id, and client data."), null);
        }

        var verdict = ClientDataRule.Check(client, ClientDataRule.Create, challenge, terms);
        verdict = verdict.IsAllowed ? AuthenticatorDataRule.Check(data, terms) : verdict;
        verdict = verdict.IsAllowed ? AttestationRule.Check(attestation, credential, clientBytes, terms) : verdict;
        return (verdict, verdict.IsAllowed ? credential : null);
    }
}
