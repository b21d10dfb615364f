using System.Numerics;
using System.Text.Json;
using Azure.Data.Tables;

namespace Custody.Storage.Tests.Support;

/// <summary>What is reserved, read from the tables themselves.</summary>
public static class BookRows
{
    /// <summary>Every counter that counts something: its name, what is open and what is settled within it.</summary>
    public static async Task<IReadOnlyList<Counted>> ReadAsync(Place place)
    {
        var counters = new List<Counted>();
        await foreach (var row in place.Table("Ledger").QueryAsync<TableEntity>(cancellationToken: Place.Cancellation))
        {
            foreach (var counter in row.RowKey.StartsWith("counter.", StringComparison.Ordinal) ? Elements(row, "Counters") : [])
            {
                counters.Add(new Counted(
                    $"{row.RowKey.Split('.')[1]}.{counter.GetProperty("key").GetString()}",
                    Amount(counter.GetProperty("open")),
                    counter.GetProperty("settled").EnumerateArray().Aggregate(BigInteger.Zero, (sum, s) => sum + Amount(s.GetProperty("amount")))));
            }
        }

        return counters;
    }

    /// <summary>The same as lines, in order.</summary>
    public static async Task<IReadOnlyList<string>> CountersAsync(Place place) =>
        [.. (await ReadAsync(place)).Select(c => $"{c.Name} {c.Open} +{c.Settled}").Order(StringComparer.Ordinal)];

    /// <summary>What customers' days hold: whose, which withdrawal, how much.</summary>
    public static async Task<IReadOnlyList<string>> ValuesAsync(Place place)
    {
        var values = new List<string>();
        await foreach (var row in place.Table("Limits").QueryAsync<TableEntity>(cancellationToken: Place.Cancellation))
        {
            var customer = row.PartitionKey.Split('.')[1].Replace("~2F", "/", StringComparison.Ordinal);
            values.AddRange(Elements(row, "Values").Select(v =>
                $"{customer} {v.GetProperty("withdrawalId").GetString()} {Amount(v.GetProperty("amount"))} {(v.TryGetProperty("settledAt", out _) ? "settled" : "open")}"));
        }

        return values;
    }

    private static IEnumerable<JsonElement> Elements(TableEntity row, string column) =>
        JsonDocument.Parse(string.Concat(Enumerable.Range(0, 20).Select(i => row.GetString(i == 0 ? column : $"{column}{i}")))).RootElement.EnumerateArray().ToList();

    private static BigInteger Amount(JsonElement text) => BigInteger.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One counter.</summary>
    public sealed record Counted(string Name, BigInteger Open, BigInteger Settled);
}
