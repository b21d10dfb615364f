using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A step that changes blobs behind the app's back.</summary>
internal abstract record BlobStep : Step
{
    public StorageAccountName Account { get; init; } = StorageAccountName.Pipeline;

    public required string Container { get; init; }

    /// <summary>The blob's name; with an asterisk at its end every name that begins so.</summary>
    public required string Blob { get; init; }

    protected async Task<IReadOnlyList<BlobClient>> FindAsync(World world, CancellationToken cancellation)
    {
        var container = world.Storage.Container(Account, Container);
        var found = new List<BlobClient>();
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = Blob.TrimEnd('*') }, cancellation))
        {
            if (Blob.EndsWith('*') || blob.Name == Blob)
            {
                found.Add(container.GetBlobClient(blob.Name));
            }
        }

        return found.Count > 0 ? found : throw new ScenarioException($"the container {Container} has no blob {Blob}");
    }
}
