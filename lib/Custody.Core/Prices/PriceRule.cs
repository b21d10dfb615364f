using System.Text.Json;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Prices;

/// <summary>
/// Rule: a price counts when a registered source signed it, it is not older than governance lets it be by either clock, and it
/// did not move further than governance believes (<see cref="PriceMoveRule"/>). Which of the stored ones are shown is storage's word;
/// what an older one could gain is bounded by its age.
/// </summary>
public static class PriceRule
{
    /// <summary>The price to go by, of what is stored of an asset. None refuses.</summary>
    public static PriceReading Read(IReadOnlyList<SignedDocument>? stored, AssetId asset, Governed governed, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        if (governed.Document.Prices is not { } terms)
        {
            return Refused(RefusalCode.PriceMissing, "Governance names no source of prices.");
        }

        // What tightens counts by either clock.
        var clocks = new Clocks(now, chainTime);

        // In order of their own times: a row's place says nothing.
        var prices = (stored ?? []).Select(d => Verify(d, asset, governed, clocks).Price).OfType<VerifiedPrice>().OrderByDescending(p => p.Entry.AsOf).ToList();
        if (prices.Count == 0)
        {
            return Refused(RefusalCode.PriceMissing, $"There is no price of {asset} that verifies.");
        }

        var newest = prices[0];
        if (clocks.Later - newest.Entry.AsOf > TimeSpan.FromSeconds(terms.MaxAgeSeconds))
        {
            return Refused(RefusalCode.PriceStale, $"The newest price of {asset} is of {InstantJsonConverter.Format(newest.Entry.AsOf)}, more than {terms.MaxAgeSeconds} s ago.");
        }

        var move = PriceMoveRule.Check(newest, prices[1..], terms);
        return new PriceReading(move, move.IsAllowed ? newest.Entry : null);
    }

    /// <summary>
    /// The newest price that sources signed, however old and however far it moved; null where there is none. For telling people what
    /// something is worth: nothing that lets anything out may go by it.
    /// </summary>
    public static PriceEntry? Newest(IReadOnlyList<SignedDocument>? stored, AssetId asset, Governed governed, DateTimeOffset now) =>
        (stored ?? []).Select(d => Verify(d, asset, governed, now).Price?.Entry).OfType<PriceEntry>().MaxBy(e => e.AsOf);

    /// <summary>Verifies one document by itself: signed by a source, about this asset, in the governed currency, not from the future.</summary>
    public static (Verdict Verdict, VerifiedPrice? Price) Verify(SignedDocument document, AssetId asset, Governed governed, Clocks now)
    {
        try
        {
            var payload = document.PayloadBytes();
            var entry = CanonicalJson.Deserialize<PriceEntry>(payload);
            var sources = document.Signatures.Select(s => Source(s, payload, governed, now)).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            return entry.Version != 1 || entry.Asset != asset || entry.Currency != governed.Document.Prices?.Currency ? Missing("The price is of another asset or in another currency.")
                : entry.Value.IsZero || entry.Scale is < 0 or > PriceEntry.MaxScale ? Missing("The price is zero, or its scale is not between 0 and 18.")
                : entry.AsOf > now.Host + Jws.ClockSkew ? Missing("The price is from the future.")
                : sources.Count == 0 ? Missing("The price is not signed by a registered source.")
                : (Verdict.Allowed, new VerifiedPrice(entry, sources));
        }
        catch (JsonException problem)
        {
            return Missing($"The price is malformed: {problem.Message}");
        }
    }

    private static string? Source(string signature, byte[] payload, Governed governed, Clocks now) =>
        Jws.VerifyDetached(signature, payload, DocumentType.Price, governed.Keys(KeyRole.PriceSource), now) is JwsVerification.Valid { Key.KeyId: var keyId }
            ? governed.Holder(keyId, KeyRole.PriceSource)?.OwnerId
            : null;

    private static (Verdict Verdict, VerifiedPrice? Price) Missing(string detail) => (Verdict.Refused(RefusalCode.PriceMissing, detail), null);

    private static PriceReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null);
}
