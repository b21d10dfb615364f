using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>Starts and wakes orchestrations. Both only help: what is stored counts, and the sweeper repeats what fails here.</summary>
public sealed partial class Starter(ILogger<Starter> log)
{
    /// <summary>Starts a withdrawal's orchestration under the withdrawal's id.</summary>
    public async Task TryStartAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(WithdrawalV1), null, new StartOrchestrationOptions(id), cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            NotStarted(log, problem, id);
        }
    }

    /// <summary>Wakes a withdrawal's orchestration.</summary>
    public async Task TryWakeAsync(DurableTaskClient client, string id, string wake, CancellationToken cancellation)
    {
        try
        {
            await client.RaiseEventAsync(id, wake, new Wake(1), cancellation);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            NotWoken(log, problem, id, wake);
        }
    }

    [LoggerMessage(1000, LogLevel.Warning, "The orchestration of {WithdrawalId} could not be started; the sweeper will start it")]
    private static partial void NotStarted(ILogger log, Exception problem, string withdrawalId);

    [LoggerMessage(1001, LogLevel.Warning, "The orchestration of {WithdrawalId} could not be woken with {Wake}; the sweeper will wake it")]
    private static partial void NotWoken(ILogger log, Exception problem, string withdrawalId, string wake);
}
