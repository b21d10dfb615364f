namespace Custody.Core.Audit;

/// <summary>Builds and checks audit chains.</summary>
public static class AuditChain
{
    /// <summary>Places events after the head (<paramref name="sequence"/>, <paramref name="head"/>) of a subject's chain.</summary>
    public static IReadOnlyList<AuditRecord> Extend(string subject, long sequence, string head, DateTimeOffset at, IEnumerable<AuditEvent> events)
    {
        // Records hold whole seconds; cutting here keeps a record's hash the same before and after it is stored.
        var time = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        var records = new List<AuditRecord>();
        foreach (var happened in events)
        {
            var record = new AuditRecord(1, subject, ++sequence, head, time, happened);
            head = record.Hash();
            records.Add(record);
        }

        return records;
    }

    /// <summary>The first problem in a whole chain as a sentence; null when every link holds and it ends at <paramref name="expectedHead"/> (where one is given).</summary>
    public static string? Problem(string subject, IReadOnlyList<AuditRecord> records, string? expectedHead)
    {
        var head = "";
        for (var i = 0; i < records.Count; i++)
        {
            var record = records[i];
            if (record.Version != 1 || record.Subject != subject || record.Sequence != i + 1)
            {
                return $"Record {i + 1} is missing or belongs to another chain.";
            }

            if (record.Previous != head)
            {
                return $"Record {record.Sequence} does not continue the one before: something was changed, dropped or moved.";
            }

            head = record.Hash();
        }

        return records.Count == 0 ? "The chain is empty."
            : expectedHead is not null && expectedHead != head ? "The chain ends at another head than the one recorded: its end was cut or changed."
            : null;
    }
}
