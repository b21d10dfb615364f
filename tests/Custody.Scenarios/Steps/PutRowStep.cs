using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Writes a row of the script's own, over one of the same key.</summary>
internal sealed record PutRowStep : RowStep
{
    public required JsonObject Columns { get; init; }

    public override Task RunAsync(World world, CancellationToken cancellation)
    {
        var row = new TableEntity(Partition, Row);
        foreach (var (name, value) in Columns)
        {
            row[name] = Value(value);
        }

        return Client(world).UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }
}
