using Custody.Core.Journals;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Governance;

/// <summary>On the sweep's timer: every open proposal of the stop journal has an orchestration that runs.</summary>
public sealed class GovernanceSweepFunction(IStopJournal stops, GovernanceStarter starter)
{
    /// <summary>Runs the sweep.</summary>
    [Function("SweepGovernance")]
    public async Task RunAsync(
        [TimerTrigger("%Custody:Schedules:Sweep%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var view = (await stops.ReadAsync(cancellation)).View;
        foreach (var proposal in view.OpenProposals)
        {
            var instance = await client.GetInstanceAsync(GovernanceInstance.Of(view.GovernanceVersion + 1, proposal.Digest!), cancellation);
            if (instance is not { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended })
            {
                await starter.EnsureAsync(client, view.GovernanceVersion + 1, proposal.Digest!, cancellation);
            }
        }
    }
}
