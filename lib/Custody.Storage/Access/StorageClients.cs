using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Custody.Storage.Access;

/// <summary>Makes the clients of one account.</summary>
internal sealed class StorageClients
{
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly string _prefix;

    public StorageClients(StorageAccountOptions account, string prefix, IReadOnlyList<HttpPipelinePolicy> policies)
    {
        if (prefix.Length > 0 && !(prefix.Length <= 24 && char.IsAsciiLetterLower(prefix[0]) && prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
        {
            throw new ArgumentException($"The name prefix '{prefix}' is not at most 24 lower-case letters and digits beginning with a letter.", nameof(prefix));
        }

        _prefix = prefix;
        var tableOptions = Configure(new TableClientOptions(), policies);
        var blobOptions = Configure(new BlobClientOptions(), policies);
        (_tables, _blobs) = account switch
        {
            { ConnectionString: { } connection } => (new TableServiceClient(connection, tableOptions), new BlobServiceClient(connection, blobOptions)),
            { TableServiceUri: { } tables, BlobServiceUri: { } blobs, Credential: { } credential } =>
                (new TableServiceClient(tables, credential, tableOptions), new BlobServiceClient(blobs, credential, blobOptions)),
            _ => throw new ArgumentException("A storage account needs a connection string, or table and blob service addresses with a credential.", nameof(account)),
        };
    }

    public TableClient Table(string name) => _tables.GetTableClient(_prefix + name);

    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient(_prefix + name);

    // Bounded: an activity that fails is tried again by its orchestration, and a caller over HTTP does not wait for ever.
    private static T Configure<T>(T options, IEnumerable<HttpPipelinePolicy> policies)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        foreach (var policy in policies)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return options;
    }
}
