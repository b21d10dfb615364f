using Custody.Functions.Withdrawals;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Governance;

/// <summary>Starts and wakes changes of governance. Both only help: the journal counts, and the sweep repeats what fails here.</summary>
public sealed partial class GovernanceStarter(ILogger<GovernanceStarter> log)
{
    /// <summary>Starts a change that does not run, and wakes one that does.</summary>
    public async Task EnsureAsync(DurableTaskClient client, int version, string digest, CancellationToken cancellation)
    {
        var id = GovernanceInstance.Of(version, digest);
        try
        {
            var instance = await client.GetInstanceAsync(id, cancellation);
            if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended })
            {
                await client.RaiseEventAsync(id, Wake.Governance, new Wake(1), cancellation);
            }
            else
            {
                await client.ScheduleNewOrchestrationInstanceAsync(nameof(GovernanceChangeV1), null, new StartOrchestrationOptions(id), cancellation);
            }
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            NotStarted(log, problem, id);
        }
    }

    [LoggerMessage(2000, LogLevel.Warning, "The orchestration {InstanceId} could not be started or woken; the sweep will do it")]
    private static partial void NotStarted(ILogger log, Exception problem, string instanceId);
}
