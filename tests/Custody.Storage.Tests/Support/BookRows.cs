using System.Numerics;
using System.Text.Json;
using Azure.Data.Tables;

namespace Custody.Storage.Tests.Support;

/// <summary>What is reserved, read from the tables themselves.</summary>
public static class BookRows
{
    /// <summary>Every counter of an asset that counts something: its name, what is open and what is settled within it.</summary>
    public static Task<IReadOnlyList<Counted>> ReadAsync(Place place) => ReadAsync(place, "Ledger");

    /// <summary>Every counter of a value that counts something.</summary>
    public static Task<IReadOnlyList<Counted>> ReadValuesAsync(Place place) => ReadAsync(place, "Limits");

    /// <summary>The assets' counters as lines, in order.</summary>
    public static async Task<IReadOnlyList<string>> CountersAsync(Place place) =>
        [.. (await ReadAsync(place)).Select(c => $"{c.Name} {c.Open} +{c.Settled}").Order(StringComparer.Ordinal)];

    /// <summary>What each withdrawal has in the counters of values: which counter, which withdrawal, how much.</summary>
    public static async Task<IReadOnlyList<string>> ValuesAsync(Place place)
    {
        var values = new List<string>();
        await foreach (var row in place.Table("Limits").QueryAsync<TableEntity>(cancellationToken: Place.Cancellation))
        {
            values.AddRange((row.RowKey.StartsWith("withdrawal-", StringComparison.Ordinal) ? Elements(row, "Claims") : []).Select(c =>
                $"{Name(row: c.GetProperty("row").GetString()!, c)} {row.RowKey["withdrawal-".Length..]} {Amount(c.GetProperty("amount"))} {(row.GetBoolean("Open") == true ? "open" : "settled")}"));
        }

        return [.. values.Order(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyList<Counted>> ReadAsync(Place place, string table)
    {
        var counters = new List<Counted>();
        await foreach (var row in place.Table(table).QueryAsync<TableEntity>(cancellationToken: Place.Cancellation))
        {
            foreach (var counter in row.RowKey.StartsWith("counter.", StringComparison.Ordinal) ? Elements(row, "Counters") : [])
            {
                counters.Add(new Counted(
                    Name(row.RowKey, counter),
                    Amount(counter.GetProperty("open")),
                    counter.GetProperty("settled").EnumerateArray().Aggregate(BigInteger.Zero, (sum, s) => sum + Amount(s.GetProperty("amount")))));
            }
        }

        return counters;
    }

    private static string Name(string row, JsonElement counter) => $"{row.Split('.')[1]}.{counter.GetProperty("key").GetString()!.Replace("~2F", "/", StringComparison.Ordinal)}";

    private static IEnumerable<JsonElement> Elements(TableEntity row, string column) =>
        JsonDocument.Parse(string.Concat(Enumerable.Range(0, 20).Select(i => row.GetString(i == 0 ? column : $"{column}{i}")))).RootElement.EnumerateArray().ToList();

    private static BigInteger Amount(JsonElement text) => BigInteger.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One counter.</summary>
    public sealed record Counted(string Name, BigInteger Open, BigInteger Settled);
}
