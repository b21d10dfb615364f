using Custody.Core.Alerts;
using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Approvals;
using Custody.Functions.Governance;
using Custody.Functions.Roles;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// The sweep, on a timer: every open withdrawal, save those that rest. Waiting for approval costs the pages of the list and
/// nothing else, however many wait.
/// </summary>
public sealed partial class SweepFunction(
    IWithdrawalStore store, Sweeper sweeper, GovernanceSource governance, AlertDesk alerts, ContradictionDesk contradictions, IDuressWatch duress, TimeProvider time, ILogger<SweepFunction> log)
{
    /// <summary>Runs a sweep. One withdrawal that cannot be swept does not keep the others waiting.</summary>
    [Function("Sweep")]
    public async Task RunAsync(
        [TimerTrigger("%Custody:Schedules:Sweep%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var inForce = await governance.ReadAsync(cancellation) as GovernanceSnapshot.InForce;
        await foreach (var open in store.OpenAsync(cancellation))
        {
            if (inForce is not null && RestRule.Holds(open, inForce.Governed.Digest, inForce.Stops, time.GetUtcNow()))
            {
                continue;
            }

            var id = open.Id;
            try
            {
                if (await sweeper.SweepAsync(client, id, cancellation, inForce) is { } until && inForce is not null && RestRule.MayBegin(open, time.GetUtcNow()))
                {
                    await store.RestAsync(open, until, inForce.Governed.Digest, cancellation);
                }
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

        if (await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce after)
        {
            await contradictions.FreezeAsync(after.Stops, after.Governed, cancellation);
            await LookAtDrillsAsync(after.Stops, cancellation);
        }
    }

    // A drill has no orchestration that could look, and the door must not: the time of its answer could tell one key from another.
    private async Task LookAtDrillsAsync(StopView stops, CancellationToken cancellation)
    {
        try
        {
            if (stops.DrillAnswers.Count > 0)
            {
                await duress.LookAtDrillsAsync(cancellation);
            }
        }
        catch (RoleUnavailableException)
        {
            // The next sweep looks again; that the signer is away is logged where it was called.
        }
    }

    [LoggerMessage(1100, LogLevel.Error, "The withdrawal {WithdrawalId} could not be swept")]
    private static partial void NotSwept(ILogger log, Exception problem, string withdrawalId);
}
