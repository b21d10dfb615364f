namespace Custody.Testing;

/// <summary>A registration's bytes.</summary>
public sealed record AuthenticatorRegistration(byte[] CredentialId, byte[] ClientData, byte[] AttestationObject);
