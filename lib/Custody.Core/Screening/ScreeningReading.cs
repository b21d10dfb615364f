using Custody.Core.Results;

namespace Custody.Core.Screening;

/// <summary>The outcome of screening a withdrawal.</summary>
/// <param name="Verdict">Whether it may go on.</param>
/// <param name="Subject">What was screened.</param>
/// <param name="Hits">What the local lists have.</param>
/// <param name="HitDigest">The digest of everything found, here and by the provider; null when nothing was.</param>
/// <param name="AwaitsProvider">True when the provider must answer and has not: asking it may help.</param>
public sealed record ScreeningReading(
    Verdict Verdict, ScreeningSubject Subject, IReadOnlyList<ScreeningHit> Hits, string? HitDigest = null, bool AwaitsProvider = false);
