using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.Core.Journals;
using Custody.Core.Storage;
using Custody.Storage;
using Custody.Testing;

namespace Custody.Scenarios.Systems;

/// <summary>The script's storage as somebody with the account keys sees it, and through the app's own readers.</summary>
internal sealed class StorageAccess
{
    private readonly AzuriteServer _azurite;

    public StorageAccess(AzuriteServer azurite)
    {
        _azurite = azurite;
        Custody = new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = azurite.PipelineConnection },
            Journals = new StorageAccountOptions { ConnectionString = azurite.JournalConnection },
            Witness = new NoWitness(),
            TrustRoot = "",
            Time = TimeProvider.System,
        });
    }

    /// <summary>The app's readers; journals are read raw instead, since reading them would need the app's witness.</summary>
    public CustodyStorage Custody { get; }

    public TableClient Table(StorageAccountName account, string name) => new(Connection(account), name);

    public BlobContainerClient Container(StorageAccountName account, string name) => new(Connection(account), name);

    /// <summary>The lines of a journal, as they are.</summary>
    public async Task<IReadOnlyList<string>> JournalAsync(string journal, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var container = Container(StorageAccountName.Journals, "journals");
        await foreach (var blob in container.GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions { Prefix = journal + "/" }, cancellation))
        {
            var content = await container.GetBlobClient(blob.Name).DownloadContentAsync(cancellation);
            lines.AddRange(content.Value.Content.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return lines;
    }

    private string Connection(StorageAccountName account) => account == StorageAccountName.Journals ? _azurite.JournalConnection : _azurite.PipelineConnection;

    private sealed class NoWitness : IHeadWitness
    {
        public Task<JournalHead?> ReadAsync(string journal, CancellationToken cancellation) => throw new NotSupportedException("The runner reads journals raw.");

        public Task AdvanceAsync(string journal, JournalHead head, CancellationToken cancellation) => throw new NotSupportedException("The runner never writes a journal.");
    }
}
