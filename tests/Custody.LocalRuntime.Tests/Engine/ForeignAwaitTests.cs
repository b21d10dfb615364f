using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class ForeignAwaitTests(EngineAzurite azurite)
{
    private async Task<OrchestrationMetadata> RunAsync(Func<TaskOrchestrationContext, Task<string>> run)
    {
        var catalog = new Catalog().Orchestrator("Foreign", run).Activity<object, string>("A", _ => "a");
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        return await host.RunAsync("Foreign");
    }

    private static void AssertSaysSo(OrchestrationMetadata end)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("awaited something that is not the orchestration context's", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Await_Delay_FailsTheInstance() => AssertSaysSo(await RunAsync(async _ =>
    {
        await Task.Delay(1);
        return "";
    }));

    [Fact]
    public async Task Await_TaskRun_FailsTheInstance() => AssertSaysSo(await RunAsync(_ => Task.Run(() => "")));

    [Fact]
    public async Task Await_DelayBesideATimer_FailsTheInstance() => AssertSaysSo(await RunAsync(async context =>
    {
        await Task.WhenAny(context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None), Task.Delay(20));
        return "";
    }));

    [Fact]
    public async Task ConfigureAwaitFalse_ThenTheContext_FailsTheInstance() => AssertSaysSo(await RunAsync(async context =>
    {
        await context.CallActivityAsync<string>("A").ConfigureAwait(false);
        return await context.CallActivityAsync<string>("A");
    }));

    [Fact]
    public async Task ConfigureAwaitFalse_ThenTheEnd_FailsTheInstance() => AssertSaysSo(await RunAsync(async context =>
    {
        _ = context.WaitForExternalEvent<string>("never");
        await Task.Delay(5).ConfigureAwait(false);
        return "";
    }));

    [Fact]
    public async Task Await_Yield_StaysOnTheThread()
    {
        var end = await RunAsync(async context =>
        {
            await Task.Yield();
            return await context.CallActivityAsync<string>("A");
        });
        Assert.Equal("a", end.ReadOutputAs<string>());
    }
}
