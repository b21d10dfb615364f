using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>approve: counts the stored votes, and ends what was rejected, cancelled or not decided in time.</summary>
public sealed class VoteStage(CaseEditor editor, GovernanceSource governance, IStopJournal stops, IDuressWatch duress, Ender ender, StageGuard guard, Holder holder, HostClock clock, TimeProvider time)
{
    // While the clocks disagree, or the chain gives no time.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(15);

    /// <summary>Runs the stage; a withdrawal that does not wait for approvals is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await CountAsync(id, cancellation);
        }
        finally
        {
            // At the vote, and not only when there is a quorum: a vote may be taken back before, or reject. After the status has moved:
            // who watches it must not see by the time it takes which key signed.
            await duress.LookAtVotesAsync(id, cancellation);
        }
    }

    private async Task<StageResult> CountAsync(string id, CancellationToken cancellation)
    {
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
        var deadline = ApprovalDeadline.Of(intent, terms);
        if (time.GetUtcNow() >= deadline && !WasInTime(inForce.Stops, intent, deadline))
        {
            return await ExpireAsync(id, tally, cancellation);
        }

        return tally.Outcome switch
        {
            ApprovalOutcome.Approved when VideoRule.Under(
                terms, file.Compacts(CaseDocuments.Videos(intent.Attempt)), votes, intent, inForce.Stops, time.GetUtcNow()).IsAllowed => await ApproveAsync(file, intent, terms, tally, inForce, cancellation),
            ApprovalOutcome.Rejected => await ender.EndAsync(
                id, WithdrawalStatus.Rejected, "approve", RefusalCode.RejectedByApprover, $"The approver '{tally.RejectedBy}' rejected the withdrawal.", cancellation),
            // Not the row's deadline: one that was edited to an earlier time would be waited for without a pause.
            _ => StageResult.Of(file.State, tally.Approvals, tally.Needed) with { Until = deadline ?? file.State.ApprovalDeadline },
        };
    }

    private static bool WasInTime(StopView stops, WithdrawalIntent intent, DateTimeOffset? deadline) =>
        stops.QuorumReachedAt(intent.WithdrawalId, intent.Attempt, intent.Digest()) is { } reached && (deadline is null || reached <= deadline);

    private Task<StageResult> ExpireAsync(string id, ApprovalTally tally, CancellationToken cancellation) => ender.EndAsync(
        id, WithdrawalStatus.Expired, "approve", RefusalCode.ApprovalDeadlinePassed, $"{tally.Approvals} of {tally.Needed} approved in time.", cancellation);

    private async Task<StageResult> ApproveAsync(
        WithdrawalCase file, WithdrawalIntent intent, IReadOnlyList<GovernedRule> terms, ApprovalTally tally, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var (id, digest) = (file.State.Id, intent.Digest());
        var deadline = ApprovalDeadline.Of(intent, terms);
        if ((deadline is not null || terms.Any(t => t.Rule.CoolingOffSeconds > 0)) && !WasInTime(inForce.Stops, intent, deadline))
        {
            var (now, dated) = await clock.ReadAsync(intent.Asset.Chain, inForce.Governed, cancellation);
            if (now.Later >= deadline)
            {
                return await ExpireAsync(id, tally, cancellation);
            }

            if (!dated.IsAllowed)
            {
                // No reason: it is waited for as long as it takes, and until the deadline at most.
                return StageResult.Of(file.State, tally.Approvals, tally.Needed) with { Retry = true, Until = now.Host + LookAgain };
            }

            // The deadline is kept, and the cooling-off counted, by this line of the journal, which nobody can date back. The votes are
            // counted again at the very head: one that was taken back meanwhile makes no quorum.
            var journal = await stops.AppendAsync(
                head => head.View.QuorumReachedAt(id, file.State.Attempt, digest) is null && (deadline is null || time.GetUtcNow() < deadline) && Holds(head.View)
                    ? new StopFact(StopKind.QuorumReached, id, "The quorum was reached.", file.State.Attempt, digest)
                    : null,
                cancellation);
            if (!WasInTime(journal.View, intent, deadline))
            {
                // A vote was taken back, or the deadline passed, since this run looked.
                return StageResult.Of(file.State, tally.Approvals, tally.Needed) with { Until = deadline ?? file.State.ApprovalDeadline };
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
