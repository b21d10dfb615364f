using System.Numerics;
using System.Text.Json;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Prices;

/// <summary>
/// Rule: a price counts when a registered source signed it, it is not older than governance lets it be by either clock, and it
/// did not move further from the one before than governance believes. Which of the stored ones is the newest is storage's word;
/// what an older one could gain is bounded by its age.
/// </summary>
public static class PriceRule
{
    private const int BasisPoints = 10_000;

    /// <summary>The price to go by, of the newest stored documents of an asset, newest first. None refuses.</summary>
    public static PriceReading Read(IReadOnlyList<SignedDocument>? stored, AssetId asset, Governed governed, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        if (governed.Document.Prices is not { } terms)
        {
            return Refused(RefusalCode.PriceMissing, "Governance names no source of prices.");
        }

        // What tightens counts by either clock.
        var clocks = new Clocks(now, chainTime);

        // In order of their own times: a row's place says nothing.
        var entries = (stored ?? []).Select(d => Verify(d, asset, governed, clocks).Entry).OfType<PriceEntry>().OrderByDescending(e => e.AsOf).ToList();
        if (entries.Count == 0)
        {
            return Refused(RefusalCode.PriceMissing, $"There is no price of {asset} that verifies.");
        }

        var newest = entries[0];
        var maxAge = TimeSpan.FromSeconds(terms.MaxAgeSeconds);
        if (clocks.Later - newest.AsOf > maxAge)
        {
            return Refused(RefusalCode.PriceStale, $"The newest price of {asset} is of {InstantJsonConverter.Format(newest.AsOf)}, more than {terms.MaxAgeSeconds} s ago.");
        }

        var before = entries.Skip(1).FirstOrDefault(e => e.AsOf < newest.AsOf);
        return Move(before, newest, terms) is { IsAllowed: false } absurd ? new PriceReading(absurd, null) : new PriceReading(Verdict.Allowed, newest);
    }

    /// <summary>
    /// Whether a price may follow the one before it. One that had itself run out says nothing: until then everything denied,
    /// and a market that moved meanwhile must be able to come back.
    /// </summary>
    public static Verdict Move(PriceEntry? before, PriceEntry next, PriceTerms terms)
    {
        if (before is null || next.AsOf - before.AsOf > TimeSpan.FromSeconds(terms.MaxAgeSeconds))
        {
            return Verdict.Allowed;
        }

        var (low, high) = (BigInteger.Min(before.Scaled(), next.Scaled()), BigInteger.Max(before.Scaled(), next.Scaled()));
        return (high - low) * BasisPoints > low * terms.MaxMoveBasisPoints
            ? Verdict.Refused(RefusalCode.PriceAbsurd, $"The price of {next.Asset} moved by more than {terms.MaxMoveBasisPoints} basis points from the one before it.")
            : Verdict.Allowed;
    }

    /// <summary>Verifies one document by itself: signed by a source, about this asset, in the governed currency, not from the future.</summary>
    public static PriceReading Verify(SignedDocument document, AssetId asset, Governed governed, Clocks now)
    {
        try
        {
            var payload = document.PayloadBytes();
            var entry = CanonicalJson.Deserialize<PriceEntry>(payload);
            var signed = document.Signatures.Any(s => Jws.VerifyDetached(s, payload, DocumentType.Price, governed.Keys(KeyRole.PriceSource), now) is JwsVerification.Valid);
            return entry.Version != 1 || entry.Asset != asset || entry.Currency != governed.Document.Prices?.Currency ? Missing("The price is of another asset or in another currency.")
                : entry.Value.IsZero || entry.Scale is < 0 or > PriceEntry.MaxScale ? Missing("The price is zero, or its scale is not between 0 and 18.")
                : entry.AsOf > now.Host + Jws.ClockSkew ? Missing("The price is from the future.")
                : !signed ? Missing("The price is not signed by a registered source.")
                : new PriceReading(Verdict.Allowed, entry);
        }
        catch (JsonException problem)
        {
            return Missing($"The price is malformed: {problem.Message}");
        }
    }

    private static PriceReading Missing(string detail) => Refused(RefusalCode.PriceMissing, detail);

    private static PriceReading Refused(RefusalCode code, string detail) => new(Verdict.Refused(code, detail), null);
}
