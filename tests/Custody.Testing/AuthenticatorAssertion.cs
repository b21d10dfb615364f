namespace Custody.Testing;

/// <summary>An assertion's bytes.</summary>
public sealed record AuthenticatorAssertion(byte[] CredentialId, byte[] AuthenticatorData, byte[] ClientData, byte[] Signature);
