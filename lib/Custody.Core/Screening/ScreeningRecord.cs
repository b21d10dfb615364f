namespace Custody.Core.Screening;

/// <summary>What screening answered, as it is kept in the withdrawal's file. It is evidence for people: what stops money is in the stop journal.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="By">Who answered: <c>lists</c>, or <c>provider</c>.</param>
/// <param name="Subject">What was screened.</param>
/// <param name="Outcome"><c>clear</c>, <c>hit</c> or <c>released</c>.</param>
/// <param name="Lists">The digests of the lists that were asked.</param>
/// <param name="Hits">What was found.</param>
/// <param name="HitDigest">The digest that a release must name, where something was found.</param>
public sealed record ScreeningRecord(
    int Version,
    int Attempt,
    string By,
    ScreeningSubject Subject,
    string Outcome,
    IReadOnlyList<string> Lists,
    IReadOnlyList<ScreeningHit> Hits,
    string? HitDigest = null);
