using Azure.Data.Tables;
using Custody.Functions.Tests.Support;
using Custody.Testing.Layout;
using Xunit;

namespace Custody.Functions.Tests.Pipeline;

/// <summary>A withdrawal's run lies in tables that the Durable Functions Monitor and the official client can read.</summary>
public sealed class LayoutTests(SharedSystem shared) : ApiTest(shared)
{
    private static readonly string[] Waiting = ["ExecutionStarted", "OrchestratorCompleted", "OrchestratorStarted", "TaskCompleted", "TaskScheduled", "TimerCreated", "sentinel"];
    private static readonly string[] Finished = [.. Waiting, "EventRaised", "ExecutionCompleted"];

    private static string Kind(TableEntity row) => row.RowKey == "sentinel" ? "sentinel" : row.GetString("EventType");

    private async Task AssertOfficialAsync(string id, string status, IEnumerable<string> kinds)
    {
        TableEntity instance;
        while ((instance = await HubRows.InstanceAsync(System, id)).GetString("RuntimeStatus") != status)
        {
            await Task.Delay(50, Cancellation);
        }

        Assert.Empty(OfficialLayout.Differences($"Instances {status}", instance));
        var history = await HubRows.HistoryAsync(System, id);
        Assert.All(history, row => Assert.Empty(OfficialLayout.Differences($"History {Kind(row)}", row)));
        Assert.Subset(history.Select(Kind).ToHashSet(), kinds.ToHashSet());
    }

    [Fact]
    public async Task WaitingRun_AgreesWithTheOfficialLayout()
    {
        var id = await AwaitingApprovalAsync();
        while (!(await HubRows.HistoryAsync(System, id)).Any(r => Kind(r) == "TimerCreated"))
        {
            await Task.Delay(50, Cancellation);
        }

        await AssertOfficialAsync(id, "Running", Waiting);
    }

    [Fact]
    public async Task FinishedRun_AgreesWithTheOfficialLayout() => await AssertOfficialAsync(await System.SettledAsync(), "Completed", Finished);
}
