using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>approve: counts the stored votes, and ends what was rejected, cancelled or not decided in time.</summary>
public sealed class VoteStage(CaseEditor editor, GovernanceSource governance, IStopJournal stops, IDuressWatch duress, Ender ender, StageGuard guard, Holder holder, TimeProvider time)
{
    /// <summary>Runs the stage; a withdrawal that does not wait for approvals is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        // At the vote, and not only when there is a quorum: a vote may be taken back before, or reject.
        await duress.LookAtVotesAsync(id, cancellation);
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("approve", file.State);
        if (Steps.After(file.State.Status) != Steps.CountVotes)
        {
            return await guard.NotNextAsync(Steps.CountVotes, file.State, cancellation);
        }

        var inForce = await governance.RequireAsync(cancellation);
        if (inForce.Stops.EndOf(id) is { } end)
        {
            var code = RefusalCodes.Find(end.Code ?? "") ?? RefusalCode.Stopped;
            return await ender.EndAsync(id, Ender.StatusOf(code), "approve", code, end.Reason, cancellation);
        }

        if (file.Intent() is not { } intent)
        {
            return await holder.HoldAsync(id, "approve", RefusalCode.IntentTampered, "The intent is missing or malformed.", cancellation);
        }

        var (verdict, terms) = IntentTerms.Of(intent, inForce.Governed);
        if (!verdict.IsAllowed)
        {
            return await holder.HoldAsync(id, "approve", verdict.Code, verdict.Detail, cancellation);
        }

        if (inForce.Stops.QuorumBrokenBy(id, intent.Attempt) is { } broken)
        {
            return await ender.EndAsync(id, WithdrawalStatus.Rejected, "approve", RefusalCode.VoteWithdrawn, broken.Reason, cancellation);
        }

        var votes = file.Compacts(CaseDocuments.Votes(intent.Attempt)).ToList();
        var tally = ApprovalCount.Under(terms, votes, intent, inForce.Stops, time.GetUtcNow());
        return tally.Outcome switch
        {
            ApprovalOutcome.Approved when VideoRule.Under(
                terms, file.Compacts(CaseDocuments.Videos(intent.Attempt)), votes, intent, inForce.Stops, time.GetUtcNow()).IsAllowed => await ApproveAsync(file, intent, terms, tally, cancellation),
            ApprovalOutcome.Rejected => await ender.EndAsync(
                id, WithdrawalStatus.Rejected, "approve", RefusalCode.RejectedByApprover, $"The approver '{tally.RejectedBy}' rejected the withdrawal.", cancellation),
            _ when time.GetUtcNow() >= file.State.ApprovalDeadline => await ender.EndAsync(
                id, WithdrawalStatus.Expired, "approve", RefusalCode.ApprovalDeadlinePassed, $"{tally.Approvals} of {tally.Needed} approved in time.", cancellation),
            _ => StageResult.Of(file.State, tally.Approvals, tally.Needed),
        };
    }

    private async Task<StageResult> ApproveAsync(WithdrawalCase file, WithdrawalIntent intent, IReadOnlyList<GovernedRule> terms, ApprovalTally tally, CancellationToken cancellation)
    {
        var (id, digest) = (file.State.Id, intent.Digest());
        var coolingOff = terms.Max(t => t.Rule.CoolingOffSeconds);
        if (coolingOff > 0)
        {
            // The cooling-off counts from this line of the journal, which nobody can date back. The votes are counted again at the
            // very head: one that was taken back meanwhile makes no quorum.
            var journal = await stops.AppendAsync(
                head => head.View.QuorumReachedAt(id, file.State.Attempt, digest) is null && Holds(head.View)
                    ? new StopFact(StopKind.QuorumReached, id, "The quorum was reached.", file.State.Attempt, digest)
                    : null,
                cancellation);
            if (journal.View.QuorumReachedAt(id, file.State.Attempt, digest) is null)
            {
                return StageResult.Of(file.State, tally.Approvals, tally.Needed);
            }
        }

        var state = await editor.EditAsync(
            file,
            now => Steps.After(now.State.Status) != Steps.CountVotes
                ? null
                : new CaseChange(
                    now.State.Become(WithdrawalStatus.Approved),
                    new AuditEvent("approve", "approved", "pipeline", Detail: $"{tally.Approvals} of {tally.Needed}", Digest: digest)),
            cancellation);
        return StageResult.Of(state, tally.Approvals, tally.Needed);

        bool Holds(StopView view) => ApprovalCount.Under(
            terms, file.Compacts(CaseDocuments.Votes(intent.Attempt)), intent, view, time.GetUtcNow()).Outcome == ApprovalOutcome.Approved;
    }
}
