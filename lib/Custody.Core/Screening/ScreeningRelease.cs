namespace Custody.Core.Screening;

/// <summary>An operator's half of a release of a screening hit (typ <c>custody-screening-release+jws</c>); two different people's make one.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt: a later one is screened anew.</param>
/// <param name="HitDigest">What was found, see <see cref="ScreeningHit.Together"/>: whatever is found besides is not released.</param>
/// <param name="OperatorId">Who signs.</param>
/// <param name="Reason">Why it may be paid all the same.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts, also not at the moment of signing.</param>
public sealed record ScreeningRelease(
    int Version,
    string WithdrawalId,
    int Attempt,
    string HitDigest,
    string OperatorId,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt);
