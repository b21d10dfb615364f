using Custody.Core.Approvals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Compares an open withdrawal with its orchestration and mends what was lost: never started, it starts it; something stored
/// that it has not seen, it wakes it; ended early or purged, the withdrawal is held with an alert.
/// </summary>
public sealed class Sweeper(IWithdrawalStore store, GovernanceSource governance, Starter starter, Holder holder, TimeProvider time)
{
    /// <summary>How long a broadcast waits before the chain is asked and the bytes are sent again.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    /// <summary>Sweeps one withdrawal.</summary>
    public async Task SweepAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        if (await store.LoadAsync(id, cancellation) is not { } file || file.State.Status.IsEnd())
        {
            return;
        }

        var instance = await client.GetInstanceAsync(id, cancellation);
        var alive = instance is { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended };
        if (alive)
        {
            if (await WakeFor(file, cancellation) is { } wake)
            {
                await starter.TryWakeAsync(client, id, wake, cancellation);
            }

            return;
        }

        await RestartAsync(client, file, instance, cancellation);
    }

    private async Task RestartAsync(DurableTaskClient client, WithdrawalCase file, OrchestrationMetadata? instance, CancellationToken cancellation)
    {
        var id = file.State.Id;
        var neverStarted = instance is null && file.State is { Status: WithdrawalStatus.Received, Attempt: 1, Hold: 0 };
        if (!neverStarted && file.State.Status != WithdrawalStatus.Held)
        {
            var how = instance is null ? "purged" : instance.RuntimeStatus.ToString();
            await holder.HoldAsync(id, "sweep", RefusalCode.InstanceMismatch, $"The orchestration was {how} while the withdrawal was open.", cancellation);
            return;
        }

        // A held withdrawal's orchestration starts again only to apply what two operators signed.
        if (neverStarted || await WakeFor(file, cancellation) == Wake.Resolution)
        {
            await starter.TryStartAsync(client, id, cancellation);
            if (file.State.Status == WithdrawalStatus.Held)
            {
                await starter.TryWakeAsync(client, id, Wake.Resolution, cancellation);
            }
        }
    }

    private async Task<string?> WakeFor(WithdrawalCase file, CancellationToken cancellation)
    {
        var state = file.State;
        switch (Steps.After(state.Status))
        {
            case Steps.Settle:
                return time.GetUtcNow() - state.UpdatedAt > Stale ? Wake.Chain : null;
            case Steps.Resolve:
                return await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce held
                    && ResolutionRule.Together(file.Compacts(CaseDocuments.Resolutions(state.Hold)), state, held.Governed, time.GetUtcNow()) != ResolutionAction.Unknown
                    ? Wake.Resolution
                    : null;
            case Steps.CountVotes:
                return await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce open && Decided(file, open) ? Wake.Vote : null;
            default:
                return null;
        }
    }

    private bool Decided(WithdrawalCase file, GovernanceSnapshot.InForce inForce)
    {
        if (inForce.Stops.EndOf(file.State.Id) is not null || time.GetUtcNow() >= file.State.ApprovalDeadline)
        {
            return true;
        }

        return file.Intent() is not { } intent || inForce.Governed.Document.Rules.FirstOrDefault(r => r.Id == intent.RuleId) is not { } rule
            || QuorumRule.Count(file.Compacts(CaseDocuments.Votes(intent.Attempt)), intent, rule.Approvals, inForce.Governed, time.GetUtcNow()).Outcome != ApprovalOutcome.Waiting;
    }
}
