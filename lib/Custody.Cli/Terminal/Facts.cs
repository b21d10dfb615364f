using Spectre.Console;

namespace Custody.Cli.Terminal;

/// <summary>Labels and values, one pair a line.</summary>
internal static class Facts
{
    private const int LabelWidth = 12;

    /// <summary>Writes the pairs that have a value.</summary>
    public static void Write(IAnsiConsole console, params IReadOnlyList<(string Label, string? Value)> facts) =>
        WriteMarkup(console, [.. facts.Select(f => (f.Label, f.Value is null ? null : Theme.Text(f.Value)))]);

    /// <summary>The same with values that are markup already.</summary>
    public static void WriteMarkup(IAnsiConsole console, IReadOnlyList<(string Label, string? Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn { Width = LabelWidth, NoWrap = true, Padding = new Padding(2, 0, 0, 0) })
            .AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        foreach (var (label, value) in facts)
        {
            if (value is not null)
            {
                grid.AddRow(Theme.Quiet(label), value);
            }
        }

        console.Write(grid);
    }
}
