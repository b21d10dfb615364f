namespace Custody.Core.Journals;

/// <summary>An operator's half of a thaw (typ <c>custody-thaw+jws</c>); two different people's make one.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Scope">See <see cref="FreezeScope"/>.</param>
/// <param name="FreezeSequence">The stop journal's line that froze it, so that an old thaw never lifts a new freeze.</param>
/// <param name="OperatorId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts.</param>
public sealed record ThawStatement(
    int Version, string Scope, long FreezeSequence, string OperatorId, string Reason, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt);
