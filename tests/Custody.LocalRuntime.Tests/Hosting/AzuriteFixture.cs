using Custody.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>One Azurite for a class of tests; each test takes a hub and a host id of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteServer? _server;
    private int _hubs;

    public string Connection => _server!.PipelineConnection;

    /// <summary>A host.json with a hub that no other test uses.</summary>
    public string HostJson() =>
        $$"""{"version":"2.0","extensions":{"durableTask":{"hubName":"hub{{Interlocked.Increment(ref _hubs)}}" } } }""";

    public async ValueTask InitializeAsync() => _server = await AzuriteServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();
}
