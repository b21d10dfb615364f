namespace Custody.Core.Journals;

/// <summary>An operator's freeze (typ <c>custody-freeze+jws</c>). One person is enough to stop.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Scope">See <see cref="FreezeScope"/>.</param>
/// <param name="OperatorId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts.</param>
public sealed record FreezeStatement(int Version, string Scope, string OperatorId, string Reason, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt);
