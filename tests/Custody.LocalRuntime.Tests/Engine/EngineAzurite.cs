using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.LocalRuntime.Tests.Engine;
using Custody.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(EngineAzurite))]

namespace Custody.LocalRuntime.Tests.Engine;

/// <summary>One Azurite for all engine tests; each test has a hub of its own in it.</summary>
public sealed class EngineAzurite : IAsyncLifetime
{
    private AzuriteServer? _server;
    private int _hubs;

    public string Connection => _server!.PipelineConnection;

    public string NewHub() => $"hub{Interlocked.Increment(ref _hubs)}";

    public TableServiceClient Tables(HttpPipelinePolicy? policy = null)
    {
        var options = new TableClientOptions();
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return new TableServiceClient(Connection, options);
    }

    public BlobServiceClient Blobs() => new(Connection);

    public async ValueTask InitializeAsync() => _server = await AzuriteServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
