using Custody.Core.Reading;
using Spectre.Console;

namespace Custody.Cli.Terminal;

/// <summary>Labels and values, one pair a line, in the same columns as an intent's page.</summary>
internal static class Facts
{
    /// <summary>Writes the pairs that have a value.</summary>
    public static void Write(IAnsiConsole console, params IReadOnlyList<(string Label, string? Value)> facts) =>
        WriteMarkup(console, [.. facts.Select(f => (f.Label, f.Value is null ? null : Theme.Text(f.Value)))]);

    /// <summary>The same with values that are markup already.</summary>
    public static void WriteMarkup(IAnsiConsole console, IReadOnlyList<(string Label, string? Value)> facts)
    {
        foreach (var (label, value) in facts.Where(f => f.Value is not null))
        {
            console.MarkupLine($"  {Theme.Quiet(label.PadRight(IntentPage.LabelWidth))}{value}");
        }
    }
}
