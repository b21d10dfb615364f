using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.Core.Storage;
using Custody.Storage.Journals;
using Custody.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Custody.Storage.Tests.Support;

/// <summary>Tables, containers and a witness folder of one test; each Open is another process on them.</summary>
public sealed class Place(AzuriteFixture azurite) : IDisposable
{
    public const string TrustRoot = "7f00000000000000000000000000000000000000000000000000000000000000";

    private readonly TemporaryFolder _folder = new();

    public string Prefix { get; } = "t" + Guid.NewGuid().ToString("N")[..12];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 250, TimeSpan.Zero));

    public string WitnessFolder => _folder.Of("witness");

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Place> CreateAsync(AzuriteFixture azurite)
    {
        var place = new Place(azurite);
        await place.Open().EnsureCreatedAsync(Cancellation);
        return place;
    }

    public CustodyStorage Open(HttpPipelinePolicy? tap = null, IHeadWitness? witness = null, int linesInASegment = 40_000, string? trustRoot = null) => new(
        new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = azurite.Server.PipelineConnection },
            Journals = new StorageAccountOptions { ConnectionString = azurite.Server.JournalConnection },
            Witness = witness ?? new FileHeadWitness(WitnessFolder),
            TrustRoot = trustRoot ?? TrustRoot,
            Time = Time,
            NamePrefix = Prefix,
            Policies = tap is null ? [] : [tap],
        },
        linesInASegment);

    /// <summary>A table as an attacker with the account's key sees it.</summary>
    public TableClient Table(string name) => new(azurite.Server.PipelineConnection, Prefix + name);

    /// <summary>A container of the journals' account as an attacker sees it.</summary>
    public BlobContainerClient JournalContainer(string name) => new(azurite.Server.JournalConnection, Prefix + name);

    public BlobContainerClient PipelineContainer(string name) => new(azurite.Server.PipelineConnection, Prefix + name);

    public void Dispose() => _folder.Dispose();
}
