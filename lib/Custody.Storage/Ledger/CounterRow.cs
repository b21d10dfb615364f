using Azure;
using Azure.Data.Tables;
using Custody.Storage.Access;

namespace Custody.Storage.Ledger;

/// <summary>A row of counters as it was read, or that is not there yet, and what is to become of it.</summary>
internal sealed class CounterRow
{
    public const string Prefix = "counter.";
    private const string Column = "Counters";

    // What is open becomes a line with a time when it is settled, and that must always fit: a reservation leaves room for it.
    private const int MostForReserving = JsonColumns.Most / 2;

    private readonly string _key;
    private readonly ETag? _read;
    private readonly Dictionary<string, Counter> _counters;

    private CounterRow(string key, ETag? read, IEnumerable<Counter> counters)
    {
        _key = key;
        _read = read;
        _counters = counters.ToDictionary(c => c.Key, StringComparer.Ordinal);
    }

    public static CounterRow Absent(string key) => new(key, null, []);

    public static CounterRow Of(TableEntity row) => new(row.RowKey, row.ETag, JsonColumns.Read<List<Counter>>(row, Column));

    public Counter Get(Claim claim) => _counters.GetValueOrDefault(claim.Key) ?? Counter.Zero(claim);

    public void Set(Counter counter) => _counters[counter.Key] = counter;

    /// <summary>Drops what left its window, of every counter in the row.</summary>
    public void Prune(DateTimeOffset now)
    {
        foreach (var counter in _counters.Values.ToList())
        {
            Set(counter.Pruned(now));
        }
    }

    /// <summary>The write, on the row as it was read.</summary>
    public TableTransactionAction Write(string partition, bool isReserving)
    {
        var row = new TableEntity(partition, _key);
        var columns = JsonColumns.Write(row, Column, _counters.Values.Where(c => !c.IsEmpty).OrderBy(c => c.Key, StringComparer.Ordinal).ToList());
        return isReserving && columns > MostForReserving
            ? throw new StorageLimitException($"The row {_key} of {partition} is too full for another reservation.")
            : _read is { } read ? TableWrites.Replace(row, read) : TableWrites.Insert(row);
    }
}
