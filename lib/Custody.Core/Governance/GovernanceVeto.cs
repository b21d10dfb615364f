namespace Custody.Core.Governance;

/// <summary>A governor's veto of a proposed version (typ <c>custody-governance-veto+jws</c>). One governor is enough to stop.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="GovernanceVersion">The proposed version.</param>
/// <param name="GovernanceDigest">Its digest, hex.</param>
/// <param name="GovernorId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it can no longer be posted.</param>
public sealed record GovernanceVeto(
    int Version, int GovernanceVersion, string GovernanceDigest, string GovernorId, string Reason, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt);
