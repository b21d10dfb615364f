namespace Custody.Core.Governance;

/// <summary>A model of authenticators (WebAuthn Level 3 §6.5.1.1).</summary>
/// <param name="Aaguid">The model's AAGUID, the lower-case text of a GUID.</param>
/// <param name="Roots">
/// The maker's attestation roots, certificates in DER, base64url. With them only a certificate below one of them counts; without
/// them the AAGUID is what the authenticator says of itself.
/// </param>
public sealed record AuthenticatorModel(string Aaguid, IReadOnlyList<string>? Roots = null);
