using Custody.Core.Alerts;
using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Intents;
using Custody.Core.Operators;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Compares an open withdrawal with its orchestration and mends what was lost: never started, it starts it; something stored
/// that it has not seen, it wakes it; ended early or purged, the withdrawal is held with an alert.
/// </summary>
public sealed class Sweeper(
    IWithdrawalStore store, CaseEditor editor, GovernanceSource governance, Starter starter, Holder holder, Ender ender, AlertDesk alerts, TimeProvider time)
{
    /// <summary>How long a broadcast waits before the chain is asked and the bytes are sent again.</summary>
    internal static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    /// <summary>Sweeps one withdrawal. Returns until when it need not be looked at again if nothing is stored for it; null: at the next sweep.</summary>
    public async Task<DateTimeOffset?> SweepAsync(DurableTaskClient client, string id, CancellationToken cancellation, GovernanceSnapshot.InForce? inForce = null)
    {
        if (await store.LoadAsync(id, cancellation) is not { } file)
        {
            // Listed first, created never: the caller was not told that it was accepted.
            return null;
        }

        if (file.State.Status.IsEnd())
        {
            // Whoever ended it may have died before everything that it held was given back.
            await ender.ReleaseLeftoversAsync(id, cancellation);
            await store.CloseAsync(id, cancellation);
            return null;
        }

        if (inForce?.Stops.Restores.Count > 0
            && RestoredRule.Before(inForce.Stops, file.SignedRequest(inForce.Governed, time.GetUtcNow())?.IssuedAt) is { } restore)
        {
            file = await HoldRestoredAsync(file, restore, cancellation);
        }

        var instance = await client.GetInstanceAsync(id, cancellation);
        var alive = instance is { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended };
        if (alive)
        {
            var wakes = await WakesFor(file, cancellation);
            foreach (var wake in wakes)
            {
                await starter.TryWakeAsync(client, id, wake, cancellation);
            }

            await RemindAsync(file, cancellation);
            if (instance!.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
            {
                await alerts.RaiseAsync(AlertCode.OrphanedInstance, id, "The orchestration is suspended, so the withdrawal stands still.", cancellation);
            }

            return wakes.Count == 0 && instance.RuntimeStatus == OrchestrationRuntimeStatus.Running ? RestRule.Until(file.State, file.Intent(), time.GetUtcNow()) : null;
        }

        await RestartAsync(client, file, instance, cancellation);
        return null;
    }

    // Once for each restore: what two operators decided about it since is not held again. The gate holds it to that in any case.
    private async Task<WithdrawalCase> HoldRestoredAsync(WithdrawalCase file, Restoration restore, CancellationToken cancellation)
    {
        var mark = CaseDocuments.Restored(restore.Line.Sequence);
        if (file.Find(mark) is not null)
        {
            return file;
        }

        await holder.HoldAsync(
            file.State.Id, "sweep", RefusalCode.Restored, $"It was asked for before storage was restored at {restore.Line.At:u}, and may have been signed and paid in what is lost.", cancellation);
        await editor.EditAsync(
            file.State.Id,
            now => now.State.Status != WithdrawalStatus.Held || now.Find(mark) is not null
                ? null
                : new CaseChange(
                    now.State with { SignatureExists = true },
                    [new AuditEvent("sweep", "may-be-signed", "pipeline", RefusalCode.Restored.Text(), Digest: restore.Line.Digest)],
                    [new CaseDocument(mark, "{}"u8.ToArray())]),
            cancellation);
        return await editor.RequireAsync(file.State.Id, cancellation);
    }

    // In the last quarter of their time the approvers are reminded, once: the file remembers it after the alert is out.
    private async Task RemindAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        var (state, now) = (file.State, time.GetUtcNow());
        if (state.Status != WithdrawalStatus.AwaitingApproval || state.ApprovalDeadline is not { } deadline || file.Intent() is not { } intent
            || now >= deadline || now < RestRule.LastQuarter(deadline, intent) || file.Find(CaseDocuments.Reminder(state.Attempt)) is not null)
        {
            return;
        }

        await alerts.RaiseAsync(AlertCode.ApprovalReminder, state.Id, $"Its approvals must be complete by {deadline:u}.", cancellation, $"attempt-{state.Attempt}");
        await editor.EditAsync(
            file,
            read => read.Find(CaseDocuments.Reminder(read.State.Attempt)) is not null || read.State.Attempt != state.Attempt || read.State.Status.IsEnd()
                ? null
                : new CaseChange(
                    read.State, [new AuditEvent("approve", "reminded", "pipeline")], [new CaseDocument(CaseDocuments.Reminder(state.Attempt), "{}"u8.ToArray())]),
            cancellation);
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
        if (neverStarted || (await WakesFor(file, cancellation)).Contains(Wake.Resolution))
        {
            await starter.TryStartAsync(client, id, cancellation);
            if (file.State.Status == WithdrawalStatus.Held)
            {
                await starter.TryWakeAsync(client, id, Wake.Resolution, cancellation);
            }
        }
    }

    private async Task<IReadOnlyList<string>> WakesFor(WithdrawalCase file, CancellationToken cancellation)
    {
        var state = file.State;
        switch (Steps.After(state.Status))
        {
            case Steps.Settle:
                return time.GetUtcNow() - state.UpdatedAt > Stale ? [Wake.Chain] : [];
            case Steps.Resolve:
                // The orchestration may wait for something else, when another run held the withdrawal beside it: any wake-up leads to the hold.
                return await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce held
                    && (ResolutionRule.Together(file.Compacts(CaseDocuments.Resolutions(state.Hold)), state, held.Governed, time.GetUtcNow()) != ResolutionAction.Unknown
                        || file.IsReleased(held.Governed, time.GetUtcNow()))
                    ? [Wake.Resolution, Wake.Chain, Wake.Vote]
                    : [];
            case Steps.CountVotes:
                return await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce open && Decided(file, open) ? [Wake.Vote] : [];
            default:
                return [];
        }
    }

    private bool Decided(WithdrawalCase file, GovernanceSnapshot.InForce inForce)
    {
        if (inForce.Stops.EndOf(file.State.Id) is not null || inForce.Stops.QuorumBrokenBy(file.State.Id, file.State.Attempt) is not null || time.GetUtcNow() >= file.State.ApprovalDeadline)
        {
            return true;
        }

        if (file.Intent() is not { } intent || IntentTerms.Of(intent, inForce.Governed) is not { Verdict.IsAllowed: true, Rules: var terms })
        {
            return true;
        }

        var votes = file.Compacts(CaseDocuments.Votes(intent.Attempt)).ToList();
        var outcome = ApprovalCount.Under(terms, votes, intent, inForce.Stops, time.GetUtcNow()).Outcome;
        return outcome == ApprovalOutcome.Rejected
            || (outcome == ApprovalOutcome.Approved && VideoRule.Under(
                terms, file.Compacts(CaseDocuments.Videos(intent.Attempt)), votes, intent, inForce.Stops, time.GetUtcNow()).IsAllowed);
    }
}
