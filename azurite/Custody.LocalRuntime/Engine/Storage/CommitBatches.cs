using Azure.Data.Tables;
using Custody.LocalRuntime.Engine.History;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>Cuts a checkpoint's rows into entity-group transactions: at most 99 rows (the sentinel is the hundredth) and 3 MB.</summary>
internal static class CommitBatches
{
    public const int MaxRows = 99;
    public const int MaxBytes = 3 * 1024 * 1024;

    // The request's JSON escapes a quote or a non-ASCII character in six bytes; the rest is the keys and the fixed columns.
    private const int EscapedBytes = 6;
    private const int RowBytes = 600;

    public static IEnumerable<IReadOnlyList<TableEntity>> Split(IReadOnlyList<TableEntity> rows, int mustFitFirst)
    {
        if (Fits(rows))
        {
            return [rows];
        }

        if (mustFitFirst == 0)
        {
            return Greedy(rows);
        }

        var first = rows.Take(mustFitFirst).ToList();
        return Fits(first)
            ? Greedy(rows.Skip(mustFitFirst).ToList()).Prepend(first)
            : throw new InvalidOperationException("The first batch of a replaced history must hold its beginning whole.");
    }

    public static bool Fits(IReadOnlyList<TableEntity> rows) => rows.Count <= MaxRows && rows.Sum(Size) <= MaxBytes;

    /// <summary>
    /// True when an execution that starts over with these events begins within one transaction. It must: until its beginning is
    /// whole, nothing else tells what it began with.
    /// </summary>
    public static bool FitsBeginning(IReadOnlyList<HistoryEvent> carried)
    {
        const int OtherRows = 4;
        var characters = carried.OfType<HistoryEvent.EventRaised>().Sum(e => Math.Min(e.Input?.Length ?? 0, PayloadBlobs.MaxColumnLength))
            + PayloadBlobs.MaxColumnLength;
        return carried.Count + OtherRows <= MaxRows && (MaxRows * RowBytes) + (EscapedBytes * characters) <= MaxBytes;
    }

    private static IEnumerable<IReadOnlyList<TableEntity>> Greedy(IReadOnlyList<TableEntity> rows)
    {
        var batch = new List<TableEntity>();
        var bytes = 0;
        foreach (var row in rows)
        {
            var size = Size(row);
            if (batch.Count == MaxRows || (batch.Count > 0 && bytes + size > MaxBytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(row);
            bytes += size;
        }

        yield return batch;
    }

    private static int Size(TableEntity row) =>
        RowBytes + ((IDictionary<string, object>)row).Values.OfType<string>().Sum(text => text.Length * EscapedBytes);
}
