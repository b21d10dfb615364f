using Spectre.Console;

namespace Custody.Cli.Terminal;

/// <summary>Tables without frames, indented: a quiet head, and only the last column is folded, so that an id can be copied.</summary>
internal static class Tables
{
    private static readonly Padding Between = new(0, 0, 2, 0);

    public static Table Create(params IReadOnlyList<string> columns)
    {
        // The first column is empty: it is the indent.
        var table = new Table { Border = TableBorder.None, ShowRowSeparators = false };
        table.AddColumn(new TableColumn("") { Padding = Between });
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(Theme.Quiet(column)) { Padding = Between, NoWrap = index < columns.Count - 1 });
        }

        return table;
    }

    /// <summary>Adds a row of markup.</summary>
    public static void Row(this Table table, params IReadOnlyList<string> cells) => table.AddRow(["", .. cells]);
}
