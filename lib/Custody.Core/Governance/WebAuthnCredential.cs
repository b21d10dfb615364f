using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>The evidence of a WebAuthn device's registration, byte for byte as the browser gave it. All base64url.</summary>
/// <param name="CredentialId">The credential's id.</param>
/// <param name="ClientData">clientDataJSON.</param>
/// <param name="Attestation">The attestation object.</param>
public sealed record WebAuthnCredential(string CredentialId, string ClientData, string Attestation)
{
    /// <summary>The authenticator data of the registration; null when the evidence does not read.</summary>
    public AuthenticatorData? Registered() =>
        StrictBase64Url.TryDecode(Attestation, out var bytes) && AttestationObject.Read(bytes) is { } attestation ? AuthenticatorData.Read(attestation.AuthenticatorData) : null;
}
