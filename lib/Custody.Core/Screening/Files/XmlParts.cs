using System.Xml;
using System.Xml.Linq;

namespace Custody.Core.Screening.Files;

/// <summary>Walks a large XML file one element of interest at a time. Names are compared without their namespace, which OFAC has changed before.</summary>
internal static class XmlParts
{
    private const long MaxCharacters = 512L * 1024 * 1024;

    /// <summary>A reader without DTDs, entities or anything that it could fetch.</summary>
    public static XmlReader Open(Stream stream) => XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    });

    /// <summary>The elements with these names wherever they are, in order, each whole.</summary>
    public static IEnumerable<XElement> Children(XmlReader reader, params IReadOnlyList<string> names)
    {
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && names.Contains(reader.LocalName))
            {
                yield return (XElement)XNode.ReadFrom(reader);
            }
            else
            {
                reader.Read();
            }
        }
    }

    /// <summary>The first child of that name; null when there is none.</summary>
    public static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);
}
