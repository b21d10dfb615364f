using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>An approver's signing device; its key was generated inside it.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Key">Its key.</param>
/// <param name="Evidence">What shows that the key was made inside the device; without it, and once it is past, nothing that it signs counts. A WebAuthn credential has its attestation for that.</param>
/// <param name="DuressCommitment">Commitment to whether it is a duress key, hex; every device carries one, or none does.</param>
/// <param name="WebAuthn">The evidence of its registration where it is a WebAuthn credential, which signs votes and nothing else; absent: it signs JWSs.</param>
public sealed record Device(string Id, RegisteredKey Key, ExpiringReference? Evidence = null, string? DuressCommitment = null, WebAuthnCredential? WebAuthn = null);
