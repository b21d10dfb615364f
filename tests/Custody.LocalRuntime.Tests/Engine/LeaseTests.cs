using Azure.Storage.Blobs.Specialized;
using Custody.LocalRuntime.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class LeaseTests(EngineAzurite azurite)
{
    private static Catalog Sample => new Catalog().Orchestrator("End", _ => Task.FromResult(1));

    [Fact]
    public async Task Start_HubOwnedByAnotherHost_FailsNamingTheOwner()
    {
        await using var first = await EngineHost.StartAsync(azurite, Sample);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EngineHost.StartAsync(azurite, Sample, first.Hub, options: o => o with { LeaseWait = TimeSpan.Zero }));
        Assert.Contains("Another host owns this task hub", error.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OwnerLetsGoMeanwhile_TakesTheHub()
    {
        var first = await EngineHost.StartAsync(azurite, Sample);
        var second = EngineHost.StartAsync(azurite, Sample, first.Hub);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await using var host = await second;
        Assert.Equal(1, (await host.RunAsync("End")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task LostLease_StopsTheEngineAndSaysWhy()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        await host.Blobs.GetBlobContainerClient($"{host.Hub}-applease").GetBlobClient($"{host.Hub}-appleaseinfo").GetBlobLeaseClient()
            .BreakAsync(TimeSpan.Zero, cancellationToken: EngineHost.Cancellation);
        Assert.Contains("Another host has taken this task hub", await host.Engine.Stopped.WaitAsync(EngineHost.Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-b")]
    [InlineData("1abc")]
    public void Create_HubNameThatIsNone_Throws(string hub) => Assert.Throws<ArgumentException>(() => DurableEngine.Create(
        new DurableEngineOptions { HubName = hub }, azurite.Tables(), azurite.Blobs(), Sample.Build(), TimeProvider.System, NullLoggerFactory.Instance));
}
