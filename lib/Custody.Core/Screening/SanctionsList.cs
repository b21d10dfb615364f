using Custody.Core.Encoding;

namespace Custody.Core.Screening;

/// <summary>
/// A sanctions list's addresses with their provenance (typ <c>custody-sanctions-list+jws</c>). Who imported it and when is in the
/// signatures' headers and in the stop journal's line, so that two operators who read the same file sign the same bytes.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="Source">The list, such as <c>ofac-sdn</c>.</param>
/// <param name="PublishedAt">When its source published it, as the file says.</param>
/// <param name="FileDigest">SHA-256 of the file that was read, hex.</param>
/// <param name="FileLength">Its length in bytes.</param>
/// <param name="Entries">The addresses, in the order of <see cref="Order"/>, each once.</param>
public sealed record SanctionsList(
    int Version, string Source, DateTimeOffset PublishedAt, string FileDigest, long FileLength, IReadOnlyList<SanctionsEntry> Entries)
{
    /// <summary>The digest's domain.</summary>
    public const string Domain = "custody/sanctions-list/v1";

    /// <summary>The most entries; OFAC's list has about a thousand addresses.</summary>
    public const int MaxEntries = 10_000;

    /// <summary>Digest of the canonical bytes, hex.</summary>
    public string Digest() => DigestOf(CanonicalJson.Serialize(this));

    /// <summary>The digest of canonical bytes, hex.</summary>
    public static string DigestOf(ReadOnlySpan<byte> canonical) => DomainDigest.Hex(Domain, canonical);

    /// <summary>The one order of entries: by address, entry, asset and name.</summary>
    public static IReadOnlyList<SanctionsEntry> Order(IEnumerable<SanctionsEntry> entries) =>
    [
        .. entries.Distinct().OrderBy(e => e.Address, StringComparer.Ordinal).ThenBy(e => e.Entry, StringComparer.Ordinal)
            .ThenBy(e => e.Asset, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal),
    ];

    /// <summary>The hits on a subject.</summary>
    public IEnumerable<ScreeningHit> HitsOn(ScreeningSubject subject)
    {
        var address = SanctionedAddress.Canonical(subject.Address);
        return Entries.Where(e => e.Address == address).DistinctBy(e => e.Entry, StringComparer.Ordinal)
            .Select(e => new ScreeningHit(Source, e.Entry, $"{subject.Address} is listed as {e.Asset} of {e.Name}."));
    }
}
