namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// What a Managed HSM gives as evidence that a key is in it (Key Vault REST API, get-key-attestation). It is reported for auditors,
/// who verify it with the HSM maker's tools; nothing here rests on it.
/// </summary>
/// <param name="Version">The attestation's version; null where it does not say.</param>
/// <param name="Certificates">The certificates to verify it with, as they came.</param>
/// <param name="PrivateKey">The attestation of the private key, base64url; null where there is none.</param>
/// <param name="PublicKey">The attestation of the public key, base64url; null where there is none.</param>
public sealed record ManagedHsmAttestation(string? Version, IReadOnlyList<AttestationCertificate> Certificates, string? PrivateKey, string? PublicKey);
