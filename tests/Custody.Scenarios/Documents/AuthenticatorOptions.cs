namespace Custody.Scenarios.Documents;

/// <summary>A vote by the approver's authenticator, and how its answer differs from a good one.</summary>
/// <param name="Counter">The counter; absent: one more than the last.</param>
/// <param name="Origin">The page's origin.</param>
/// <param name="RelyingParty">The relying party.</param>
/// <param name="Unverified">The authenticator did not verify its owner.</param>
internal sealed record AuthenticatorOptions(uint? Counter = null, string? Origin = null, string? RelyingParty = null, bool Unverified = false);
