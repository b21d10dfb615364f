using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Signatures;

namespace Custody.Core.Whitelisting;

/// <summary>
/// What an activation line carries: the entry itself, in the first signature's attached form, and the other signatures. So the
/// addresses that look-alikes are sought among are the journal's, and no table or blob can hide one.
/// </summary>
public static class WhitelistEvidence
{
    /// <summary>The evidence of an entry's activation.</summary>
    public static IReadOnlyList<string> Of(SignedDocument signed) => signed.Signatures.Count == 0
        ? []
        : [new SignedDocument(signed.Payload, [signed.Signatures[0]]).ToCompact(), .. signed.Signatures.Skip(1)];

    /// <summary>The entry that an activation line carries; null when it carries none, or another one than it names.</summary>
    public static ActivatedEntry? Read(StopEntry line)
    {
        if (line.Evidence is not [var first, ..] || SignedDocument.FromCompact(first) is not { } document)
        {
            return null;
        }

        try
        {
            var entry = CanonicalJson.Deserialize<WhitelistEntry>(document.PayloadBytes());
            return entry.EntryId == line.Subject && entry.Digest() == line.Digest
                ? new ActivatedEntry(line.Sequence, line.At, entry, document with { Signatures = [.. document.Signatures, .. line.Evidence.Skip(1)] })
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
