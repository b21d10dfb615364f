using System.Diagnostics;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class TraceTests(EngineAzurite azurite)
{
    [Fact]
    public async Task Activity_AfterARestart_RunsInTheTraceOfItsSchedule()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Custody.LocalRuntime" or "engine-test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var seen = new TaskCompletionSource<(string TraceId, string? Parent, string Name)>();
        var catalog = new Catalog()
            .Orchestrator("Trace", async context =>
            {
                await context.WaitForExternalEvent<string>("go");
                return await context.CallActivityAsync<string>("Look");
            })
            .Activity<object, string>("Look", _ =>
            {
                var current = Activity.Current!;
                seen.TrySetResult((current.TraceId.ToString(), current.ParentSpanId.ToString(), current.OperationName));
                return "";
            });
        var hub = azurite.NewHub();
        string trace;
        string span;
        await using (var first = await EngineHost.StartAsync(azurite, catalog, hub))
        {
            using var source = new ActivitySource("engine-test");
            using (var request = source.StartActivity("request")!)
            {
                (trace, span) = (request.TraceId.ToString(), request.SpanId.ToString());
                await first.ScheduleAsync("Trace", id: "t");
            }

            await first.UntilCommittedAsync("t", "ExecutionStarted");
            Assert.Contains(trace, (await first.HistoryAsync("t"))[1].GetString("ParentTraceContext"), StringComparison.Ordinal);
        }

        await using var second = await EngineHost.StartAsync(azurite, catalog, hub);
        await second.Client.RaiseEventAsync("t", "go", EngineHost.Cancellation);
        await second.EndAsync("t");
        Assert.Equal((trace, span, "activity:Look"), await seen.Task);
    }
}
