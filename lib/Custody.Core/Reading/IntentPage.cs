using System.Text;

namespace Custody.Core.Reading;

/// <summary>What an approver reads before signing, as plain text; a terminal may add colour, never words.</summary>
/// <param name="Title">The withdrawal and attempt.</param>
/// <param name="Sections">First what is signed, then what is not.</param>
public sealed record IntentPage(string Title, IReadOnlyList<ReadingSection> Sections)
{
    /// <summary>How wide the labels' column is.</summary>
    public const int LabelWidth = 12;

    /// <summary>The page as text, one line feed at each line's end.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().Append(Title).Append('\n');
        foreach (var section in Sections)
        {
            text.Append('\n').Append(section.Heading).Append('\n');
            foreach (var line in section.Lines)
            {
                text.Append("  ").Append(line.Label.PadRight(LabelWidth)).Append(line.Value).Append('\n');
                if (line.Detail is not null)
                {
                    text.Append(' ', LabelWidth + 2).Append(line.Detail).Append('\n');
                }
            }
        }

        return text.ToString();
    }
}
