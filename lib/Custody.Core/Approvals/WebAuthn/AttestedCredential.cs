namespace Custody.Core.Approvals.WebAuthn;

/// <summary>The credential in a registration's authenticator data (WebAuthn Level 3 §6.5.1).</summary>
/// <param name="Aaguid">The authenticator's model, as the text of a GUID.</param>
/// <param name="CredentialId">The credential's id.</param>
/// <param name="Point">Its public key, an uncompressed P-256 point.</param>
public sealed record AttestedCredential(string Aaguid, byte[] CredentialId, byte[] Point);
