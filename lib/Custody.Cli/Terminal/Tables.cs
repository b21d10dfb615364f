using Spectre.Console;

namespace Custody.Cli.Terminal;

/// <summary>Tables without frames: a quiet head, one line a row.</summary>
internal static class Tables
{
    public static Table Create(params IReadOnlyList<string> columns)
    {
        var table = new Table { Border = TableBorder.None, ShowRowSeparators = false };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Theme.Quiet(column)) { Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }
}
