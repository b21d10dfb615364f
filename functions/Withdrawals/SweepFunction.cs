using Custody.Core.Alerts;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Approvals;
using Custody.Functions.Governance;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>The sweep, on a timer: every open withdrawal.</summary>
public sealed partial class SweepFunction(IWithdrawalStore store, Sweeper sweeper, AlertDesk alerts, ContradictionDesk contradictions, GovernanceSource governance, ILogger<SweepFunction> log)
{
    /// <summary>Runs a sweep. One withdrawal that cannot be swept does not keep the others waiting.</summary>
    [Function("Sweep")]
    public async Task RunAsync(
        [TimerTrigger("%Custody:Schedules:Sweep%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await foreach (var id in store.OpenAsync(cancellation))
        {
            try
            {
                await sweeper.SweepAsync(client, id, cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                NotSwept(log, problem, id);
                if (problem is InvalidDataException)
                {
                    await alerts.RaiseAsync(AlertCode.TamperedDocument, id, $"The withdrawal's file cannot be read: {problem.Message}", cancellation);
                }
            }
        }

        if (await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce inForce)
        {
            await contradictions.FreezeAsync(inForce.Stops, inForce.Governed, cancellation);
        }
    }

    [LoggerMessage(1100, LogLevel.Error, "The withdrawal {WithdrawalId} could not be swept")]
    private static partial void NotSwept(ILogger log, Exception problem, string withdrawalId);
}
