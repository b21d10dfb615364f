using Azure.Data.Tables;

namespace Custody.Scenarios.Systems;

/// <summary>Instances as the task hub's table has them.</summary>
internal static class InstanceRows
{
    public static async Task<string?> ColumnAsync(World world, string instance, string column, CancellationToken cancellation)
    {
        var found = await world.Storage.Table(StorageAccountName.Pipeline, "custodyInstances").GetEntityIfExistsAsync<TableEntity>(instance, "", cancellationToken: cancellation);
        return found.HasValue ? found.Value!.GetString(column) : null;
    }
}
