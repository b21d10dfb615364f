using Azure;
using Azure.Data.Tables;
using Custody.LocalRuntime.Engine.History;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>What storage holds of an instance's history.</summary>
/// <param name="ExecutionId">The sentinel's execution; null when there is no sentinel.</param>
/// <param name="Sentinel">The ETag that the next commit must match; null when the sentinel is to be inserted.</param>
/// <param name="Events">The committed events, oldest first.</param>
/// <param name="NextOrdinal">Where the next row goes.</param>
/// <param name="CutOff">Rows of a checkpoint that was never completed, which <see cref="HistoryStore.TrimAsync"/> removes.</param>
/// <param name="Damage">Why the history cannot be trusted; null when it can.</param>
internal sealed record StoredHistory(
    string? ExecutionId,
    ETag? Sentinel,
    IReadOnlyList<HistoryEvent> Events,
    long NextOrdinal,
    IReadOnlyList<TableEntity> CutOff,
    string? Damage)
{
    public HistoryEvent.ExecutionCompleted? End => Events.OfType<HistoryEvent.ExecutionCompleted>().LastOrDefault();
}
