using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Custody.Core.Screening.Files;

/// <summary>
/// OFAC's SDN_ADVANCED.XML, the United Nations' sanctions data model: types of features by number in
/// <c>ReferenceValueSets</c>, and the addresses as features of the profiles of <c>DistinctParty</c> elements.
/// </summary>
internal static class SdnAdvancedXml
{
    /// <summary>The root's name.</summary>
    public const string Root = "Sanctions";

    /// <summary>Reads from the root on.</summary>
    public static SanctionsDraft Read(XmlReader reader)
    {
        DateTimeOffset? publishedAt = null;
        var assets = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<SanctionsEntry>();
        var sawParties = false;
        foreach (var element in XmlParts.Children(reader, "DateOfIssue", "FeatureType", "DistinctParty"))
        {
            switch (element.Name.LocalName)
            {
                case "DateOfIssue":
                    publishedAt ??= Date(element);
                    break;
                // A type that came after the parties would have been missed in them.
                case "FeatureType" when sawParties:
                    throw new SanctionsFileException("Its types of features come after its parties.");
                case "FeatureType" when CurrencyFeature.AssetOf(element.Value) is { } asset:
                    assets[(string?)element.Attribute("ID") ?? throw new SanctionsFileException("A FeatureType has no ID.")] = asset;
                    break;
                case "DistinctParty":
                    sawParties = true;
                    entries.AddRange(Of(element, assets));
                    break;
                default:
                    break;
            }
        }

        return assets.Count == 0
            ? throw new SanctionsFileException("It names no type of feature that is a digital currency address.")
            : new SanctionsDraft(publishedAt ?? throw new SanctionsFileException("It has no DateOfIssue."), entries);
    }

    private static DateTimeOffset Date(XElement element)
    {
        var parts = new[] { "Year", "Month", "Day" }
            .Select(n => int.TryParse(XmlParts.Child(element, n)?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        return DateTimeOffset.TryParseExact(
            string.Create(CultureInfo.InvariantCulture, $"{parts[0]:D4}-{parts[1]:D2}-{parts[2]:D2}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw new SanctionsFileException("Its DateOfIssue is no date.");
    }

    private static IEnumerable<SanctionsEntry> Of(XElement party, Dictionary<string, string> assets)
    {
        var number = (string?)party.Attribute("FixedRef") ?? throw new SanctionsFileException("A DistinctParty has no FixedRef.");
        var name = string.Join(' ', party.Descendants().FirstOrDefault(e => e.Name.LocalName == "DocumentedName")?
            .Descendants().Where(e => e.Name.LocalName == "NamePartValue").Select(e => e.Value.Trim()) ?? []);
        foreach (var feature in party.Descendants().Where(e => e.Name.LocalName == "Feature"))
        {
            if (!assets.TryGetValue((string?)feature.Attribute("FeatureTypeID") ?? "", out var asset))
            {
                continue;
            }

            var details = feature.Descendants().Where(e => e.Name.LocalName == "VersionDetail").ToList();
            if (details.Count == 0)
            {
                throw new SanctionsFileException($"The party {number} has a digital currency address without its text.");
            }

            foreach (var detail in details)
            {
                yield return SanctionsDraft.Entry(detail.Value, asset, number, name);
            }
        }
    }
}
