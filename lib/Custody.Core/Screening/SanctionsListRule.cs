using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Screening;

/// <summary>
/// Rule: a sanctions list is the very one that the stop journal says is in force, an operator whom governance still names
/// signed it, and by no clock is it older than governed.
/// </summary>
public static class SanctionsListRule
{
    /// <summary>Verifies the list that <paramref name="terms"/> ask for. <paramref name="lists"/> are the stored documents by their digests.</summary>
    public static SanctionsListReading Verify(
        SanctionsListTerms terms, IReadOnlyDictionary<string, SignedDocument> lists, Governed governed, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        if (stops.SanctionsListOf(terms.Source) is not { } line || line.Digest is not { } digest || !lists.TryGetValue(digest, out var stored))
        {
            return Refused(RefusalCode.SanctionsListMissing, $"There is no sanctions list '{terms.Source}'; an operator must import it.");
        }

        var payload = stored.PayloadBytes();
        if (SanctionsList.DigestOf(payload) != digest || Read(payload) is not { } list || list.Source != terms.Source)
        {
            return Refused(RefusalCode.SanctionsListTampered, $"The stored sanctions list '{terms.Source}' is not the one that the stop journal names.");
        }

        // What tightens counts by either clock.
        var clocks = new Clocks(now, chainTime);
        var latest = clocks.Later;
        return !line.Evidence.Any(s => Jws.VerifyDetached(s, payload, DocumentType.SanctionsList, governed.Keys(KeyRole.Operator), clocks) is JwsVerification.Valid)
                ? Refused(RefusalCode.SanctionsListUnsigned, $"No operator of today's governance signed the sanctions list '{terms.Source}'; another must import it.")
            : line.At + TimeSpan.FromSeconds(terms.MaxAgeSeconds) <= latest
                ? Refused(RefusalCode.SanctionsListStale, $"The sanctions list '{terms.Source}' was imported at {InstantJsonConverter.Format(line.At)}, longer ago than governed.")
            : list.PublishedAt + TimeSpan.FromSeconds(terms.MaxPublicationAgeSeconds) <= latest
                ? Refused(RefusalCode.SanctionsListStale, $"The sanctions list '{terms.Source}' was published at {InstantJsonConverter.Format(list.PublishedAt)}, longer ago than governed.")
            : new SanctionsListReading(Verdict.Allowed, list);
    }

    /// <summary>Reads a list's canonical bytes; null when they are no well-formed list.</summary>
    public static SanctionsList? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            var list = CanonicalJson.Deserialize<SanctionsList>(payload);
            return IsWellFormed(list) ? list : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWellFormed(SanctionsList list) =>
        list.Version == 1 && list.Entries.Count <= SanctionsList.MaxEntries && Identifier.IsValid(list.Source) && list.FileLength > 0 && list.FileDigest is { Length: 64 } && list.FileDigest.All(char.IsAsciiHexDigitLower)
        && list.Entries.Count > 0 && list.Entries.All(e => SanctionedAddress.Canonical(e.Address) == e.Address)
        && SanctionsList.Order(list.Entries).SequenceEqual(list.Entries);

    private static SanctionsListReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null);
}
