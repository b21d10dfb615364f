using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace Custody.LocalRuntime.Tests.Engine;

public sealed class FailureTests(EngineAzurite azurite)
{
    private static CancellationToken Cancellation => EngineHost.Cancellation;

    private static Catalog Sample => new Catalog()
        .Orchestrator("Number", context => Task.FromResult(context.GetInput<int>()))
        .Orchestrator("Wait", context => context.WaitForExternalEvent<string>("go"))
        .Orchestrator<string>("Throw", _ => throw new InvalidOperationException("outer", new FormatException("inner")));

    /// <summary>Stops a host in the middle, changes storage, and starts another.</summary>
    private async Task<OrchestrationMetadata> TamperAsync(Func<TableClient, Task> change, Catalog? next = null)
    {
        var hub = azurite.NewHub();
        await using (var first = await EngineHost.StartAsync(azurite, Sample, hub))
        {
            await first.ScheduleAsync("Wait", id: "x");
            await first.Client.RaiseEventAsync("x", "other", Cancellation);
        }

        await change(azurite.Tables().GetTableClient($"{hub}History"));
        await using var second = await EngineHost.StartAsync(azurite, next ?? Sample, hub);
        var end = await second.EndAsync("x");
        var other = next is null ? await second.RunAsync("Number", 7) : null;
        Assert.Equal(OrchestrationRuntimeStatus.Completed, other?.RuntimeStatus ?? OrchestrationRuntimeStatus.Completed);
        return end;
    }

    private static async Task<TableEntity> RowAsync(TableClient history, int ordinal) =>
        (await history.GetEntityAsync<TableEntity>("x", $"{ordinal:X16}", cancellationToken: Cancellation)).Value;

    [Fact]
    public async Task Throws_FailsWithTypeMessageAndInner()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        var end = await host.RunAsync("Throw");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("outer", end.SerializedOutput);
        Assert.Equal("System.InvalidOperationException", end.FailureDetails!.ErrorType);
        Assert.Equal("System.FormatException", end.FailureDetails.InnerFailure!.ErrorType);
        Assert.Contains("FailureTests", end.FailureDetails.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PoisonInput_FailsTheInstanceAndTheHostStaysUp()
    {
        await using var host = await EngineHost.StartAsync(azurite, Sample);
        var end = await host.RunAsync("Number", "not a number");
        Assert.Equal("System.Text.Json.JsonException", end.FailureDetails!.ErrorType);
        Assert.Equal(5, (await host.RunAsync("Number", 5)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task OrchestratorGoneFromTheApp_FailsTheInstanceAndNamesTheKnown()
    {
        var end = await TamperAsync(_ => Task.CompletedTask, new Catalog().Orchestrator("Other", _ => Task.FromResult(1)));
        Assert.Contains("no orchestrator 'Wait'", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Other", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownEventType_FailsTheInstanceNamingTheRow()
    {
        var end = await TamperAsync(async history =>
        {
            var row = await RowAsync(history, 1);
            row["EventType"] = "EventSent";
            await history.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
        });
        Assert.Contains("Row 0000000000000001 has the event type 'EventSent'", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ColumnOfAnotherType_FailsTheInstanceNamingTheRow()
    {
        var end = await TamperAsync(async history =>
        {
            var row = await RowAsync(history, 0);
            row["EventId"] = "zero";
            await history.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);
        });
        Assert.Contains("Row 0000000000000000 has no usable EventId", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowDeletedInTheMiddle_FailsTheInstanceNamingTheRow()
    {
        var end = await TamperAsync(async history => await history.DeleteEntityAsync("x", $"{2:X16}", ETag.All, Cancellation));
        Assert.Contains("Row 0000000000000002 is missing", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SentinelDeleted_FailsTheInstance()
    {
        var end = await TamperAsync(async history => await history.DeleteEntityAsync("x", "sentinel", ETag.All, Cancellation));
        Assert.Contains("sentinel row is missing", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HistoryDeleted_FailsTheInstance()
    {
        var end = await TamperAsync(async history =>
        {
            await foreach (var row in history.QueryAsync<TableEntity>(cancellationToken: Cancellation))
            {
                await history.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, Cancellation);
            }
        });
        Assert.Contains("missing", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HistoryMovedByAnotherHost_TheEngineStopsItselfAndSaysWhy()
    {
        // With extended sessions: without them each episode reads the history anew, and would see the other's rows.
        await using var host = await EngineHost.StartAsync(azurite, Sample, options: o => o with { ExtendedSessions = true });
        var id = await host.ScheduleAsync("Wait");
        await host.Client.RaiseEventAsync(id, "other", Cancellation);
        await ConflictingHost.MoveAsync(host, id);
        await Assert.ThrowsAnyAsync<Exception>(() => host.Client.RaiseEventAsync(id, "other", Cancellation));
        Assert.Contains("changed by someone else", await host.Engine.Stopped.WaitAsync(Cancellation), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync(id, "go", Cancellation));
    }

    [Fact]
    public async Task CustomStatus_Over16Kb_FailsTheInstance()
    {
        var catalog = new Catalog().Orchestrator("Status", context =>
        {
            context.SetCustomStatus(new string('x', context.GetInput<int>()));
            return Task.FromResult("done");
        });
        await using var host = await EngineHost.StartAsync(azurite, catalog);
        Assert.Equal("done", (await host.RunAsync("Status", 8190)).ReadOutputAs<string>());
        var end = await host.RunAsync("Status", 8191);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("16 KB", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }
}
