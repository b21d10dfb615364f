using Microsoft.DurableTask.Client;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class LargeTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static string Megabyte => string.Create(1024 * 1024, 0, (span, _) => span.Fill('m'));

    private static Catalog Sample => new Catalog()
        .Orchestrator("Echo", async context =>
        {
            var text = await context.CallActivityAsync<string>("Same", context.GetInput<string>());
            var raised = await context.WaitForExternalEvent<string>("big");
            return text + raised;
        })
        .Orchestrator("Wide", async context =>
            (await Task.WhenAll(Enumerable.Range(0, context.GetInput<int>()).Select(i => context.CallActivityAsync<int>("One", i)))).Sum())
        .Orchestrator("Heavy", async context => (await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => context.CallActivityAsync<string>("Same", new string('h', 30_000))))).Sum(text => text.Length))
        .Activity<string, string>("Same", text => text)
        .Activity<int, int>("One", _ => 1);

    [Fact]
    public async Task Payloads_OfAMegabyteEach_GoThroughInputActivityEventAndOutput()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        var id = await host.ScheduleAsync("Echo", Megabyte, "big");
        await host.Client.RaiseEventAsync(id, "big", Megabyte, Cancellation);
        var end = await host.EndAsync(id);
        Assert.Equal(Megabyte + Megabyte, end.ReadOutputAs<string>());
        Assert.Equal(Megabyte, end.ReadInputAs<string>());
    }

    [Fact]
    public async Task Payloads_TooLargeForAColumn_AreGzipBlobsNamedAsTheOfficialOnes()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        var id = await host.ScheduleAsync("Echo", Megabyte, "big");
        await host.Client.RaiseEventAsync(id, "big", "small", Cancellation);
        await host.EndAsync(id);
        var start = (await host.HistoryAsync(id))[1];
        Assert.Equal("", start.GetString("Input"));
        Assert.Matches("^big/history-0000000000000001-ExecutionStarted-[0-9A-F]{8}-Input.json.gz$", start.GetString("InputBlobName"));
        var container = host.Blobs.GetBlobContainerClient($"{host.Hub}-largemessages");
        Assert.Equal(container.GetBlobClient(start.GetString("InputBlobName")).Uri.AbsoluteUri, (await host.RowAsync(id)).GetString("Input"));
        Assert.EndsWith("-Result.json.gz", (await host.RowAsync(id)).GetString("Output"), StringComparison.Ordinal);
        var blob = await container.GetBlobClient(start.GetString("InputBlobName")).DownloadContentAsync(Cancellation);
        Assert.Equal([0x1f, 0x8b], blob.Value.Content.ToArray()[..2]);
    }

    [Fact]
    public async Task Episode_OfMoreThan99Rows_IsSeveralBatchesAndOneCheckpoint()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        var end = await host.RunAsync("Wide", 250, "wide");
        Assert.Equal(250, end.ReadOutputAs<int>());
        Assert.True((await host.HistoryAsync("wide"))[^1].GetBoolean("IsCheckpointComplete"));
    }

    [Fact]
    public async Task Episode_OfMoreThan3Megabytes_IsSeveralBatches()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        Assert.Equal(40 * 30_000, (await host.RunAsync("Heavy")).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Episode_CutOffBetweenItsBatches_RunsAgain(int after)
    {
        var hub = azurite.NewHub();
        var first = await EngineHost.StartAsync(azurite, Sample, hub, tablePolicy: new CutBatches(after));
        await first.ScheduleAsync("Wide", 250, "wide");
        await first.Engine.Stopped.WaitAsync(Cancellation);
        var history = await first.HistoryAsync("wide");
        Assert.False(history[^1].GetBoolean("IsCheckpointComplete"));
        Assert.Equal((99 * after) + 1, history.Count);
        await first.DisposeAsync();

        await using var second = await EngineHost.StartAsync(azurite, Sample, hub);
        var end = await second.EndAsync("wide");
        Assert.Equal(250, end.ReadOutputAs<int>());
        Assert.Equal(250, (await second.EventTypesAsync("wide")).Count(type => type == "TaskScheduled"));
    }
}
