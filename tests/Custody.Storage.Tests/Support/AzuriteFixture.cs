using Custody.Storage.Tests.Support;
using Custody.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Custody.Storage.Tests.Support;

/// <summary>One Azurite for the whole assembly; tests keep apart by the prefix of their tables and containers.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public AzuriteServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await AzuriteServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
