using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>A running system whose pipeline, signer and sender are three processes.</summary>
public sealed class SplitSystem : IAsyncLifetime
{
    public RunningSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() => System = await RunningSystem.StartAsync(
        new RunningSystemOptions { Plan = People.AddTo, Split = true }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
