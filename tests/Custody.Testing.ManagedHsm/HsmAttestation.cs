namespace Custody.Testing.ManagedHsm;

/// <summary>What get-key-attestation gives of a key.</summary>
/// <param name="CertificatesPem">The certificates, PEM.</param>
/// <param name="PrivateKey">The private key's attestation.</param>
/// <param name="PublicKey">The public key's.</param>
/// <param name="Version">The attestation's version.</param>
public sealed record HsmAttestation(string CertificatesPem, byte[] PrivateKey, byte[] PublicKey, string Version = "1");
