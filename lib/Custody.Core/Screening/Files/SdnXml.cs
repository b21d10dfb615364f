using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Custody.Core.Screening.Files;

/// <summary>OFAC's SDN.XML: an <c>sdnEntry</c> for each party, addresses as <c>id</c>s of its <c>idList</c>.</summary>
internal static class SdnXml
{
    /// <summary>The root's name.</summary>
    public const string Root = "sdnList";

    /// <summary>Reads from the root on.</summary>
    public static SanctionsDraft Read(XmlReader reader)
    {
        DateTimeOffset? publishedAt = null;
        var entries = new List<SanctionsEntry>();
        foreach (var element in XmlParts.Children(reader, "publshInformation", "sdnEntry"))
        {
            if (element.Name.LocalName == "publshInformation")
            {
                publishedAt = XmlParts.Child(element, "Publish_Date") is { } date
                    && DateTimeOffset.TryParseExact(date.Value.Trim(), "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
                        ? parsed
                        : throw new SanctionsFileException("Its Publish_Date is not a date such as 01/31/2026.");
            }
            else
            {
                entries.AddRange(Of(element));
            }
        }

        return new SanctionsDraft(publishedAt ?? throw new SanctionsFileException("It has no publshInformation with a Publish_Date."), entries);
    }

    private static IEnumerable<SanctionsEntry> Of(XElement party)
    {
        var uid = XmlParts.Child(party, "uid")?.Value.Trim() ?? throw new SanctionsFileException("An sdnEntry has no uid.");
        var name = string.Join(' ', new[] { "firstName", "lastName" }.Select(n => XmlParts.Child(party, n)?.Value.Trim()).Where(n => !string.IsNullOrEmpty(n)));
        foreach (var id in XmlParts.Child(party, "idList")?.Elements() ?? [])
        {
            if (CurrencyFeature.AssetOf(XmlParts.Child(id, "idType")?.Value) is { } asset)
            {
                yield return SanctionsDraft.Entry(XmlParts.Child(id, "idNumber")?.Value ?? "", asset, uid, name);
            }
        }
    }
}
