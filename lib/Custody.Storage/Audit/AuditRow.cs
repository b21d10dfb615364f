using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Custody.Core.Audit;
using Custody.Core.Encoding;

namespace Custody.Storage.Audit;

/// <summary>
/// An audit record as a row: its canonical bytes, which are hashed, and readable columns, which nothing believes.
/// </summary>
internal static class AuditRow
{
    public const string Prefix = "audit-";

    // The character after '-': the end of the range of keys that begin with the prefix.
    public const string End = "audit.";

    private const string Record = "Record";
    private const string Mark = "CommitMark";

    public static string Key(long sequence) => Prefix + sequence.ToString("D8", CultureInfo.InvariantCulture);

    public static TableEntity From(string partition, AuditRecord record, string mark) => new(partition, Key(record.Sequence))
    {
        [Record] = CanonicalJson.Serialize(record),
        ["Stage"] = record.Event.Stage,
        ["Action"] = record.Event.Action,
        ["Code"] = record.Event.Code,
        ["Actor"] = record.Event.Actor,
        ["At"] = record.At,
        [Mark] = mark,
    };

    /// <summary>
    /// The records of rows in the order of their keys. A row that is not a record is left out: the check of the chain then
    /// finds the gap, as it does when the row is deleted.
    /// </summary>
    public static IReadOnlyList<AuditRecord> Read(IEnumerable<TableEntity> rows)
    {
        var records = new List<AuditRecord>();
        foreach (var row in rows)
        {
            try
            {
                records.Add(CanonicalJson.Deserialize<AuditRecord>(row.GetBinary(Record) ?? []));
            }
            catch (Exception damaged) when (damaged is JsonException or InvalidOperationException)
            {
            }
        }

        return records;
    }

    /// <summary>True when the record at a sequence was written by the commit with this mark: a lost response told us nothing.</summary>
    public static async Task<bool> IsOursAsync(TableClient table, string partition, long sequence, string mark, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, Key(sequence), [Mark], cancellation).ConfigureAwait(false);
        return row.HasValue && row.Value!.GetString(Mark) == mark;
    }

    public static async Task<IReadOnlyList<AuditRecord>> OfAsync(TableClient table, string partition, CancellationToken cancellation)
    {
        var rows = new List<TableEntity>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Prefix} and RowKey lt {End}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return Read(rows);
    }
}
