using Custody.Core.Reading;
using Spectre.Console;

namespace Custody.Cli.Terminal;

/// <summary>Shows an intent's page in colour: the same words as <see cref="IntentPage.ToString"/>.</summary>
internal static class PagePainter
{
    public static void Paint(IAnsiConsole console, IntentPage page)
    {
        console.WriteLine();
        console.MarkupLine(Theme.Strong(page.Title));
        foreach (var section in page.Sections)
        {
            console.WriteLine();
            console.MarkupLine(section.IsSigned ? $"{Theme.Good("✓")} {Theme.Text(section.Heading)}" : $"{Theme.Attention("!")} {Theme.Attention(section.Heading)}");
            foreach (var line in section.Lines)
            {
                // The two things that a payment is: how much, and to whom.
                var value = section.IsSigned && line.Label is "Pay" or "To" ? Theme.Strong(line.Value) : Theme.Text(line.Value);
                console.MarkupLine($"  {Theme.Quiet(line.Label.PadRight(IntentPage.LabelWidth))}{value}");
                if (line.Detail is not null)
                {
                    console.MarkupLine($"  {new string(' ', IntentPage.LabelWidth)}{Theme.Quiet(line.Detail)}");
                }
            }
        }

        console.WriteLine();
    }
}
