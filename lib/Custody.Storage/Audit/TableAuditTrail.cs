using Azure.Data.Tables;
using Custody.Core.Audit;
using Custody.Core.Withdrawals;
using Custody.Storage.Access;

namespace Custody.Storage.Audit;

/// <summary>
/// Audit chains in a table: a partition for each subject, with a row that names the chain's head and one for each record.
/// A caller that never learns whether an append was written may append again: the trail then tells the event twice, and
/// both links hold.
/// </summary>
public sealed class TableAuditTrail : IAuditTrail
{
    private const string HeadKey = "head";

    // Leaves room in a batch for the head's row.
    private const int RecordsInABatch = 90;

    private readonly TableClient _table;
    private readonly TimeProvider _time;
    private readonly StripedGate _gate = new();

    internal TableAuditTrail(StorageClients clients, TimeProvider time) => (_table, _time) = (clients.Table("Audit"), time);

    /// <inheritdoc />
    public async Task AppendAsync(string subject, IReadOnlyList<AuditEvent> events, CancellationToken cancellation)
    {
        foreach (var batch in events.Chunk(RecordsInABatch))
        {
            await _gate.RunAsync(
                subject,
                () => OptimisticLoop.RunAsync($"Audit trail of {subject}", () => TryAppendAsync(subject, batch, cancellation), cancellation),
                cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditRecord>> ReadAsync(string subject, CancellationToken cancellation) =>
        AuditRow.OfAsync(_table, KeyText.Encode(subject), cancellation);

    /// <summary>The recorded head of a subject's chain, hex, with which the end of the chain is checked; null when there is none.</summary>
    public async Task<string?> HeadAsync(string subject, CancellationToken cancellation) =>
        (await _table.FindAsync(KeyText.Encode(subject), HeadKey, cancellation).ConfigureAwait(false))?.GetString("Head");

    internal Task CreateTablesAsync(CancellationToken cancellation) => _table.CreateIfNotExistsAsync(cancellation);

    private async Task<IReadOnlyList<AuditRecord>?> TryAppendAsync(string subject, AuditEvent[] events, CancellationToken cancellation)
    {
        var partition = KeyText.Encode(subject);
        var head = await _table.FindAsync(partition, HeadKey, cancellation).ConfigureAwait(false);
        var mark = TableWrites.NewMark();
        var records = AuditChain.Extend(
            subject, head?.GetInt64("Sequence") ?? 0, head?.GetString("Head") ?? "", _time.GetUtcNow(), events);
        var next = new TableEntity(partition, HeadKey)
        {
            ["Subject"] = subject,
            ["Sequence"] = records[^1].Sequence,
            ["Head"] = records[^1].Hash(),
        };
        List<TableTransactionAction> actions =
        [
            head is null ? TableWrites.Insert(next) : TableWrites.Replace(next, head.ETag),
            .. records.Select(r => TableWrites.Insert(AuditRow.From(partition, r, mark))),
        ];
        if (await _table.SubmitAsync(actions, cancellation).ConfigureAwait(false) == CommitOutcome.Committed)
        {
            return records;
        }

        return await AuditRow.IsOursAsync(_table, partition, records[0].Sequence, mark, cancellation).ConfigureAwait(false) ? records : null;
    }
}
