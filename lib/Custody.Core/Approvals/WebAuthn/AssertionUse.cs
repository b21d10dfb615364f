namespace Custody.Core.Approvals.WebAuthn;

/// <summary>One use of an authenticator, as its assertion tells it.</summary>
/// <param name="CredentialId">The credential, base64url.</param>
/// <param name="SignCount">The counter.</param>
/// <param name="Digest">Digest of the assertion, hex.</param>
public sealed record AssertionUse(string CredentialId, uint SignCount, string Digest);
