using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.Cli.Initialisation.Plan;
using Custody.Testing;

namespace Custody.Cli.Tests.Initialisation;

/// <summary>One Azurite and one node for the class; each test empties the store and makes tokens of its own.</summary>
public sealed class RealParts : IAsyncLifetime
{
    public AzuriteServer Azurite { get; private set; } = null!;

    public AnvilNode Node { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _ = SoftHsm.ConfigurationPath;
        Azurite = await AzuriteServer.StartAsync();
        Node = await AnvilNode.StartAsync();
    }

    public InitialisationPlan Plan(string tokenPrefix) => LocalPlan.Create(new LocalPlaces
    {
        Node = Node.Url.ToString(),
        PipelineStorage = Azurite.PipelineConnection,
        JournalStorage = Azurite.JournalConnection,
        Module = SoftHsm.ModulePath,
        TokenPrefix = tokenPrefix,
    });

    public async Task EmptyAsync()
    {
        foreach (var connection in new[] { Azurite.PipelineConnection, Azurite.JournalConnection })
        {
            var blobs = new BlobServiceClient(connection);
            await foreach (var container in blobs.GetBlobContainersAsync())
            {
                await blobs.DeleteBlobContainerAsync(container.Name);
            }

            var tables = new TableServiceClient(connection);
            await foreach (var table in tables.QueryAsync())
            {
                await tables.DeleteTableAsync(table.Name);
            }
        }
    }

    public async Task PutBlobAsync(string connection, string container, string name)
    {
        var client = new BlobContainerClient(connection, container);
        await client.CreateIfNotExistsAsync();
        await client.GetBlobClient(name).UploadAsync(BinaryData.FromString("{}"));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Azurite.DisposeAsync();
    }
}
