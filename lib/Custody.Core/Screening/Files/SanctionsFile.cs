using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Custody.Core.Screening.Files;

/// <summary>
/// Reads the public forms of a sanctions list: OFAC's SDN.XML and SDN_ADVANCED.XML, and the simple text form. A file that is
/// not wholly understood gives nothing: half a list would let through whom the other half names.
/// </summary>
public static class SanctionsFile
{
    /// <summary>The largest file that is read, bytes.</summary>
    public const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>Reads a file that can be sought, from its beginning.</summary>
    public static SanctionsFileReading Read(Stream file, string source)
    {
        if (file.Length is 0 or > MaxBytes)
        {
            return new SanctionsFileReading.Unusable($"It has {file.Length} bytes; between 1 and {MaxBytes} are read.");
        }

        try
        {
            file.Position = 0;
            var digest = Convert.ToHexStringLower(SHA256.HashData(file));
            file.Position = 0;
            var draft = IsXml(file) ? FromXml(file) : SanctionsText.Read(new StreamReader(file, new UTF8Encoding(false, true), true, -1, leaveOpen: true), source);
            return draft.Entries.Count is 0 or > SanctionsList.MaxEntries
                ? new SanctionsFileReading.Unusable($"It has {draft.Entries.Count} digital currency addresses; between 1 and {SanctionsList.MaxEntries} are taken.")
                : new SanctionsFileReading.Read(new SanctionsList(1, source, draft.PublishedAt, digest, file.Length, SanctionsList.Order(draft.Entries)));
        }
        catch (Exception unusable) when (unusable is SanctionsFileException or XmlException or DecoderFallbackException)
        {
            return new SanctionsFileReading.Unusable(unusable.Message);
        }
    }

    private static SanctionsDraft FromXml(Stream file)
    {
        using var reader = XmlParts.Open(file);
        reader.MoveToContent();
        return reader.LocalName switch
        {
            SdnXml.Root => SdnXml.Read(reader),
            SdnAdvancedXml.Root => SdnAdvancedXml.Read(reader),
            var other => throw new SanctionsFileException($"Its root is '{Reading.SafeText.Of(other)}'; {SdnXml.Root} and {SdnAdvancedXml.Root} are read."),
        };
    }

    // A byte order mark and white space may come first.
    private static bool IsXml(Stream file)
    {
        int next;
        do
        {
            next = file.ReadByte();
        }
        while (next is 0xEF or 0xBB or 0xBF or ' ' or '\t' or '\r' or '\n');
        file.Position = 0;
        return next == '<';
    }
}
