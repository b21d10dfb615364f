namespace Custody.Testing;

/// <summary>How another maker's attestation certificate differs from a good one.</summary>
public sealed record AuthenticatorMaker(string? Model = null, string? Unit = null, bool IsAuthority = false);
