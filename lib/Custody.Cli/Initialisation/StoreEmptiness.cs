using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Custody.Cli.Initialisation;

/// <summary>
/// Looks for anything at all in a storage account. A system is only ever set up on nothing: an old journal, or an old
/// orchestration, would otherwise meet a new trust root.
/// </summary>
internal static class StoreEmptiness
{
    // The Functions host keeps its own leases and diagnostics there before anything is set up.
    private static readonly string[] HostsOwn = ["azure-webjobs-", "AzureFunctionsDiagnosticEvents", "$"];

    /// <summary>What the account holds, as words for a sentence; null when it holds nothing.</summary>
    public static async Task<string?> FindAsync(string connection, CancellationToken cancellation)
    {
        var blobs = new BlobServiceClient(connection, Quick(new BlobClientOptions()));
        await foreach (var container in blobs.GetBlobContainersAsync(cancellationToken: cancellation))
        {
            if (!IsHostsOwn(container.Name) && await HasBlobAsync(blobs.GetBlobContainerClient(container.Name), cancellation))
            {
                return $"blobs in the container '{container.Name}'";
            }
        }

        var tables = new TableServiceClient(connection, Quick(new TableClientOptions()));
        await foreach (var table in tables.QueryAsync(cancellationToken: cancellation))
        {
            if (!IsHostsOwn(table.Name) && await HasRowAsync(tables.GetTableClient(table.Name), cancellation))
            {
                return $"rows in the table '{table.Name}'";
            }
        }

        return null;
    }

    private static async Task<bool> HasBlobAsync(BlobContainerClient container, CancellationToken cancellation)
    {
        await foreach (var _ in container.GetBlobsAsync(new GetBlobsOptions(), cancellation))
        {
            return true;
        }

        return false;
    }

    private static async Task<bool> HasRowAsync(TableClient table, CancellationToken cancellation)
    {
        await foreach (var _ in table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellation))
        {
            return true;
        }

        return false;
    }

    private static bool IsHostsOwn(string name) => HostsOwn.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // A person waits for this; an account that does not answer is said so soon.
    private static T Quick<T>(T options)
        where T : Azure.Core.ClientOptions
    {
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return options;
    }
}
