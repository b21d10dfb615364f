using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Changes columns of stored rows.</summary>
internal sealed record TamperRowStep : RowStep
{
    /// <summary>Columns with their new values.</summary>
    public JsonObject? Set { get; init; }

    /// <summary>The column whose text, or binary content as UTF-8, is edited.</summary>
    public string? Column { get; init; }

    /// <summary>The edit of that column.</summary>
    public TextEdit? Edit { get; init; }

    public override string? Problem() => Set is null == (Edit is null || Column is null) ? "A tampering has either set, or column and edit." : null;

    public override async Task RunAsync(World world, CancellationToken cancellation)
    {
        foreach (var row in await FindAsync(world, cancellation))
        {
            foreach (var (name, value) in Set ?? [])
            {
                row[name] = Value(value);
            }

            if (Edit is not null)
            {
                row[Column!] = row[Column!] switch
                {
                    byte[] binary => Encoding.UTF8.GetBytes(Edit.Apply(Encoding.UTF8.GetString(binary))),
                    BinaryData binary => Encoding.UTF8.GetBytes(Edit.Apply(binary.ToString())),
                    string text => Edit.Apply(text),
                    var other => throw new ScenarioException($"the column {Column} holds {other ?? "nothing"}, which is no text"),
                };
            }

            await Client(world).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
        }
    }
}
