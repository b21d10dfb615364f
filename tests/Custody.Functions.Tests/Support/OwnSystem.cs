using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>A running system for one test class alone.</summary>
public sealed class OwnSystem : IAsyncLifetime
{
    public RunningSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        System = await RunningSystem.StartAsync(new RunningSystemOptions { Plan = People.AddTo }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
