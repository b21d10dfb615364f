using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class QueryTests(EngineAzurite azurite)
{
    private static readonly DateTimeOffset Start = new(2026, 8, 15, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static Catalog Sample => new Catalog()
        .Orchestrator("End", context => Task.FromResult(context.GetInput<string>()))
        .Orchestrator("Wait", async context =>
        {
            context.SetCustomStatus(new { stage = "waiting" });
            return await context.WaitForExternalEvent<string>("go");
        })
        .Orchestrator<string>("Fail", _ => throw new InvalidOperationException("no"));

    private static async Task<List<string>> IdsAsync(EngineHost host, OrchestrationQuery query)
    {
        var ids = new List<string>();
        await foreach (var instance in host.Client.GetAllInstancesAsync(query).WithCancellation(Cancellation))
        {
            ids.Add(instance.InstanceId);
        }

        return ids;
    }

    [Fact]
    public async Task GetAllInstances_EachFilter_GivesWhatMatches()
    {
        var time = new FakeTimeProvider(Start);
        await using var host = await EngineHost.StartAsync(azurite, Sample, time: time);
        await host.RunAsync("End", "one", "a-1");
        time.Advance(TimeSpan.FromMinutes(1));
        await host.RunAsync("Fail", id: "a-2");
        time.Advance(TimeSpan.FromMinutes(1));
        await host.ScheduleAsync("Wait", id: "b-1");
        await host.Client.WaitForInstanceStartAsync("b-1", Cancellation);

        Assert.Equal(["a-1", "a-2", "b-1"], await IdsAsync(host, new OrchestrationQuery()));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(host, new OrchestrationQuery(InstanceIdPrefix: "a-")));
        Assert.Equal(["a-2", "b-1"], await IdsAsync(host, new OrchestrationQuery(CreatedFrom: Start.AddMinutes(1))));
        Assert.Equal(["a-1", "a-2"], await IdsAsync(host, new OrchestrationQuery(CreatedTo: Start.AddMinutes(1))));
        Assert.Equal(["a-2"], await IdsAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(["a-1", "b-1"], await IdsAsync(host, new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running])));
        Assert.Empty(await IdsAsync(host, new OrchestrationQuery(TaskHubNames: ["another"])));
        Assert.Equal(3, (await IdsAsync(host, new OrchestrationQuery(TaskHubNames: [host.Hub]))).Count);
    }

    [Fact]
    public async Task GetAllInstances_Pages_GoOnFromTheToken()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        for (var i = 0; i < 7; i++)
        {
            await host.RunAsync("End", "x", $"p-{i}");
        }

        var seen = new List<string>();
        string? token = null;
        var pages = 0;
        do
        {
            await foreach (var page in host.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 3, ContinuationToken: token)).AsPages())
            {
                Assert.True(page.Values.Count <= 3);
                seen.AddRange(page.Values.Select(instance => instance.InstanceId));
                token = page.ContinuationToken;
                pages++;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(3, pages);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"p-{i}"), seen);
    }

    [Fact]
    public async Task GetAllInstances_InputsAndOutputs_OnlyWhenAskedFor()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        await host.RunAsync("End", "text", "one");
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery()).WithCancellation(Cancellation))
        {
            Assert.Null(instance.SerializedInput);
            Assert.Throws<InvalidOperationException>(() => instance.ReadOutputAs<string>());
        }

        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery(FetchInputsAndOutputs: true)).WithCancellation(Cancellation))
        {
            Assert.Equal(("text", "text"), (instance.ReadInputAs<string>(), instance.ReadOutputAs<string>()));
        }
    }

    [Fact]
    public async Task GetInstance_Waiting_ShowsCustomStatus()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        var id = await host.ScheduleAsync("Wait");
        await host.Client.WaitForInstanceStartAsync(id, Cancellation);
        var instance = (await host.Client.GetInstanceAsync(id, Cancellation))!;
        Assert.Equal("""{"stage":"waiting"}""", instance.SerializedCustomStatus);
        Assert.True(instance.IsRunning);
        Assert.False(instance.IsCompleted);
        Assert.Equal("Wait", instance.Name);
    }

    [Fact]
    public async Task GetInstance_Unknown_IsNull()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        Assert.Null(await host.Client.GetInstanceAsync("nobody", Cancellation));
    }

    [Fact]
    public async Task Purge_Ended_RemovesRowHistoryAndBlobs()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        await host.RunAsync("End", new string('x', 100_000), "gone");
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("gone", Cancellation)).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync("gone", Cancellation));
        Assert.Empty(await host.HistoryAsync("gone"));
        await foreach (var blob in host.Blobs.GetBlobContainerClient($"{host.Hub}-largemessages").GetBlobsAsync(cancellationToken: Cancellation))
        {
            Assert.Fail($"{blob.Name} is still there.");
        }

        Assert.Equal("again", (await host.RunAsync("End", "again", "gone")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_LiveOrUnknown_PurgesNothing()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        var id = await host.ScheduleAsync("Wait");
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync(id, Cancellation)).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("nobody", Cancellation)).PurgedInstanceCount);
        await host.Client.RaiseEventAsync(id, "go", "on", Cancellation);
        Assert.Equal("on", (await host.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_WhileTheIdIsScheduledAgain_OneAfterTheOther()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        for (var round = 0; round < 10; round++)
        {
            await host.RunAsync("End", "x", "both");
            await Task.WhenAll(host.Client.PurgeInstanceAsync("both", Cancellation), host.ScheduleAsync("End", "y", "both"));
            await host.EndAsync("both").ContinueWith(_ => { }, TaskScheduler.Default);
        }

        Assert.False(host.Engine.Stopped.IsCompleted);
        Assert.Equal("z", (await host.RunAsync("End", "z", "both")).ReadOutputAs<string>());
    }
}
