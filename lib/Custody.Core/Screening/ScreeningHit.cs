using Custody.Core.Encoding;

namespace Custody.Core.Screening;

/// <summary>A subject was found.</summary>
/// <param name="List">The list or provider that has it.</param>
/// <param name="Entry">Its entry there.</param>
/// <param name="Reason">One sentence for people.</param>
public sealed record ScreeningHit(string List, string Entry, string Reason)
{
    private const string Domain = "custody/screening-hit/v1";
    private const string TogetherDomain = "custody/screening-hits/v1";

    /// <summary>
    /// The digest of this hit on a subject. It is the same when a newer list says the same, and another for another entry; the
    /// sentence for people is not in it.
    /// </summary>
    public string DigestOn(ScreeningSubject subject) => DomainDigest.Hex(Domain, CanonicalJson.Serialize(new[] { List, Entry, subject.Digest() }));

    /// <summary>The one digest of all hits, whatever their order: what two operators release.</summary>
    public static string Together(IEnumerable<string> digests) => DomainDigest.Hex(
        TogetherDomain, CanonicalJson.Serialize(digests.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()));
}
