using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A step that changes table rows behind the app's back.</summary>
internal abstract record RowStep : Step
{
    public StorageAccountName Account { get; init; } = StorageAccountName.Pipeline;

    public required string Table { get; init; }

    public required string Partition { get; init; }

    /// <summary>The row key; with an asterisk at its end every key that begins so.</summary>
    public required string Row { get; init; }

    protected TableClient Client(World world) => world.Storage.Table(Account, Table);

    protected async Task<IReadOnlyList<TableEntity>> FindAsync(World world, CancellationToken cancellation)
    {
        var found = new List<TableEntity>();
        await foreach (var row in Client(world).QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            if (Row.EndsWith('*') ? row.RowKey.StartsWith(Row[..^1], StringComparison.Ordinal) : row.RowKey == Row)
            {
                found.Add(row);
            }
        }

        return found.Count > 0 ? found : throw new ScenarioException($"the table {Table} has no row {Row} in the partition {Partition}");
    }

    /// <summary>A column's value: text, true or false, a number (32 bits), or an object with one of int64, utf8 (binary) and time.</summary>
    internal static object? Value(JsonNode? value) => value switch
    {
        null => null,
        JsonObject typed => typed.Single() switch
        {
            ("int64", { } number) => long.Parse(number.ToString(), CultureInfo.InvariantCulture),
            ("utf8", { } text) => System.Text.Encoding.UTF8.GetBytes(text.GetValue<string>()),
            ("time", { } time) => DateTimeOffset.Parse(time.GetValue<string>(), CultureInfo.InvariantCulture),
            var (unknown, _) => throw new ScenarioException($"'{unknown}' is no type of a column"),
        },
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => number.GetValue<int>(),
        JsonValue flag when flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False => flag.GetValue<bool>(),
        _ => value.GetValue<string>(),
    };
}
