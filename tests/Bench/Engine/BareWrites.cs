using Azure;
using Azure.Data.Tables;

namespace Custody.Bench.Engine;

/// <summary>
/// The writes that the sample cannot do without, and no engine: 1 insert, 9 commits of four rows and the sentinel, 2 merges.
/// What the machine does with these at the same moment is the measure for the engine's own share.
/// </summary>
internal sealed class BareWrites(TableServiceClient tables)
{
    private readonly TableClient _instances = tables.GetTableClient("bareInstances");
    private readonly TableClient _history = tables.GetTableClient("bareHistory");

    public async Task CreateAsync(CancellationToken cancellation)
    {
        await _instances.CreateIfNotExistsAsync(cancellation);
        await _history.CreateIfNotExistsAsync(cancellation);
    }

    public async Task OneAsync(CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString("N");
        var row = new TableEntity(id, "") { ["Name"] = "Bare", ["RuntimeStatus"] = "Pending", ["Input"] = $"\"{id}\"", ["ExecutionId"] = id };
        await _instances.AddEntityAsync(row, cancellation);
        ETag? sentinel = null;
        for (var episode = 0; episode < 9; episode++)
        {
            sentinel = await CommitAsync(id, episode, sentinel, cancellation);
            if (episode is 0 or 8)
            {
                var change = new TableEntity(id, "") { ["RuntimeStatus"] = episode == 0 ? "Running" : "Completed" };
                await _instances.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Merge, cancellation);
            }
        }
    }

    private async Task<ETag> CommitAsync(string id, int episode, ETag? sentinel, CancellationToken cancellation)
    {
        var rows = Enumerable.Range(episode * 4, 4).Select(ordinal => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace,
            new TableEntity(id, $"{ordinal:X16}")
            {
                ["EventId"] = -1,
                ["EventType"] = "TaskCompleted",
                ["ExecutionId"] = id,
                ["IsPlayed"] = false,
                ["_Timestamp"] = TimeProvider.System.GetUtcNow(),
                ["Result"] = "\"result\"",
            })).ToList();
        var mark = new TableEntity(id, "sentinel") { ["ExecutionId"] = id, ["IsCheckpointComplete"] = true };
        rows.Add(sentinel is { } known
            ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, mark, known)
            : new TableTransactionAction(TableTransactionActionType.Add, mark));
        var answer = await _history.SubmitTransactionAsync(rows, cancellation);
        return answer.Value[^1].Headers.ETag!.Value;
    }
}
