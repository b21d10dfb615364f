namespace Custody.Core.Screening.Files;

/// <summary>What a file's format gave.</summary>
/// <param name="PublishedAt">When it was published, as it says.</param>
/// <param name="Entries">Its digital currency addresses.</param>
internal sealed record SanctionsDraft(DateTimeOffset PublishedAt, IReadOnlyList<SanctionsEntry> Entries)
{
    /// <summary>An entry, its address canonical. An address that cannot be read is an address that would not be found: it ends the reading.</summary>
    public static SanctionsEntry Entry(string address, string asset, string entry, string name) => SanctionedAddress.Canonical(address) is { } canonical
        ? new SanctionsEntry(canonical, asset, entry, name)
        : throw new SanctionsFileException($"The entry {entry} has an address that is none: '{Reading.SafeText.Of(address)}'.");
}
