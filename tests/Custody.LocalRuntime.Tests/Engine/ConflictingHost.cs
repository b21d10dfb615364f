using Azure.Data.Tables;

namespace Custody.LocalRuntime.Tests.Engine;

/// <summary>Moves an instance's sentinel as another host's commit would.</summary>
internal static class ConflictingHost
{
    public static async Task MoveAsync(EngineHost host, string id)
    {
        var history = host.Tables.GetTableClient($"{host.Hub}History");
        var sentinel = (await history.GetEntityAsync<TableEntity>(id, "sentinel", cancellationToken: EngineHost.Cancellation)).Value;
        await history.UpdateEntityAsync(sentinel, sentinel.ETag, TableUpdateMode.Replace, EngineHost.Cancellation);
    }
}
