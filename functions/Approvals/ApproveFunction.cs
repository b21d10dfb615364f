using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Amendments;
using Custody.Functions.Audit;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Approvals;

/// <summary>
/// POST /withdrawals/{id}/approvals: a vote is verified, stored, then raised as a durable event. The answer comes from what is
/// stored; the event is only a wake-up. A rejection is in the stop journal before it is acknowledged.
/// </summary>
public sealed class ApproveFunction(
    CaseEditor editor, IWithdrawalStore store, IStopJournal stops, Ender ender, ContradictionDesk contradictions, RefusedStatements refused, DrillDesk drills, AuthenticatorDesk authenticators, DoorAudit door, Starter starter, AmendmentVotes amendments, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("Vote")]
    [Callers(CallerKind.Approver)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals/{id}/approvals")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var compact = await RequestBody.ReadCompactAsync(request, cancellation);
        if (compact is null)
        {
            return await RefuseAsync(request, id, Verdict.Refused(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-approval+jws, or a vote by WebAuthn."), cancellation);
        }

        var inForce = request.HttpContext.GetGovernance();
        if (inForce.Stops.DrillOf(id) is { } drill)
        {
            return await AnswerDrillAsync(request, drill, compact, inForce, cancellation);
        }

        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        if (await amendments.TakeAsync(file, compact, request.HttpContext.GetCaller().Id, inForce, client, cancellation) is { } amended)
        {
            return amended.Verdict.IsAllowed
                ? Replies.Ok(new { id, decision = SignedVote.StatementOf(compact)!.Decision, approvals = amended.Approvals, needed = amended.Needed })
                : await RefuseAsync(request, id, amended.Verdict, cancellation);
        }

        if (file.Intent() is not { } intent || !MayVote(file.State))
        {
            var late = Verdict.Refused(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(file.State.Status)}.");
            await contradictions.HearAsync(file, compact, late, inForce, cancellation);
            return await RefuseAsync(request, id, late, cancellation);
        }

        var vote = VoteRule.Verify(compact, intent, inForce.Governed, inForce.Stops, time.GetUtcNow());
        if (vote.Statement is not { } statement)
        {
            await contradictions.HearAsync(file, compact, vote.Verdict, inForce, cancellation);
            await authenticators.HearAsync(id, vote.Verdict, id, cancellation);
            return await RefuseAsync(request, id, vote.Verdict, cancellation);
        }

        if (statement.ApproverId != request.HttpContext.GetCaller().Id)
        {
            return await RefuseSignedAsync(request, id, compact, Verdict.Refused(RefusalCode.CallerNotAllowed, "The vote is another approver's."), inForce, cancellation);
        }

        if (file.Find(CaseDocuments.Vote(statement.Attempt, statement.ApproverId)) is not null)
        {
            return await RefuseAgainAsync(request, file, compact, statement, inForce, cancellation);
        }

        // A rejection stops whatever was approved in time, so it is never too late for one.
        if (statement.Decision == ApprovalDecision.Approve && ApprovalDeadline.Of(intent, IntentTerms.Of(intent, inForce.Governed).Rules) is { } deadline && time.GetUtcNow() >= deadline)
        {
            return await RefuseAsync(request, id, Verdict.Refused(RefusalCode.ApprovalDeadlinePassed, $"Approvals were due by {InstantJsonConverter.Format(deadline)}."), cancellation);
        }

        var taken = await authenticators.TakeAsync(id, vote, QuorumOf(intent, inForce), cancellation);
        return taken.IsAllowed
            ? await StoreAsync(request, file, compact, statement, client, inForce, cancellation)
            : await RefuseAsync(request, id, taken, cancellation);
    }

    // Who answers a drill is answered as for a withdrawal: it is a test only as long as nobody can tell.
    private async Task<IResult> AnswerDrillAsync(HttpRequest request, StopEntry drill, string compact, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var id = drill.Subject;
        var reading = DrillRule.Read(compact, drill, inForce.Governed, time.GetUtcNow());
        if (reading.Statement is not { } answer)
        {
            return await RefuseSignedAsync(request, id, compact, reading.Verdict, inForce, cancellation);
        }

        if (answer.ApproverId != request.HttpContext.GetCaller().Id)
        {
            return await RefuseSignedAsync(request, id, compact, Verdict.Refused(RefusalCode.CallerNotAllowed, "The vote is another approver's."), inForce, cancellation);
        }

        if (await drills.ShowAsync(id, inForce.Stops, cancellation) is not { State.Status: WithdrawalStatus.AwaitingApproval } file || file.Intent(1) is not { } intent)
        {
            return await RefuseAsync(request, id, Verdict.Refused(RefusalCode.NotAwaitingApproval, "The withdrawal is expired."), cancellation);
        }

        if (inForce.Stops.DrillAnswers.GetValueOrDefault(VoteSubject.Of(id, answer.ApproverId)) is { } earlier)
        {
            return IsOtherDevice(earlier.Evidence is [var first] ? first : "", answer)
                ? await RefuseSignedAsync(request, id, compact, Duplicate(answer), inForce, cancellation)
                : await RefuseAsync(request, id, Duplicate(answer), cancellation);
        }

        var taken = await authenticators.TakeAsync(id, reading, QuorumOf(intent, inForce), cancellation);
        if (!taken.IsAllowed)
        {
            return await RefuseAsync(request, id, taken, cancellation);
        }

        await drills.RecordAsync(drill, compact, answer, cancellation);
        var needed = QuorumOf(intent, inForce)?.Min ?? 1;
        return answer.Decision == ApprovalDecision.Approve
            ? Replies.Ok(new { id, decision = answer.Decision, approvals = 1, needed })
            : Replies.Ok(new { id, decision = answer.Decision, approvals = 0, needed = 0 });
    }

    private async Task<IResult> StoreAsync(
        HttpRequest request, WithdrawalCase file, string compact, ApprovalStatement statement, DurableTaskClient client, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var id = file.State.Id;
        if (statement.Decision == ApprovalDecision.Reject)
        {
            return await RejectAsync(request, file, compact, statement, client, cancellation);
        }

        var verdict = await AddAsync(id, compact, statement, now => now.State.Status == WithdrawalStatus.AwaitingApproval, cancellation);
        if (!verdict.IsAllowed)
        {
            return verdict.Code == RefusalCode.DuplicateVote
                ? await RefuseAgainAsync(request, await editor.RequireAsync(id, cancellation), compact, statement, inForce, cancellation)
                : await RefuseAsync(request, id, verdict, cancellation);
        }

        await starter.TryWakeAsync(client, id, Wake.Vote, cancellation);
        return await AnswerAsync(id, statement, inForce, cancellation);
    }

    // A rejection counts until a signature may exist, after the quorum too: the stop journal first, then the file, then the end.
    private async Task<IResult> RejectAsync(
        HttpRequest request, WithdrawalCase file, string compact, ApprovalStatement statement, DurableTaskClient client, CancellationToken cancellation)
    {
        var id = file.State.Id;
        if (await ender.MayBeSignedAsync(file, cancellation))
        {
            return await RefuseAsync(request, id, Verdict.Refused(RefusalCode.TooLate, "A signature exists or may exist; it can no longer be rejected."), cancellation);
        }

        var detail = statement.Reason ?? $"The approver '{statement.ApproverId}' rejected the withdrawal.";
        await stops.AppendAsync(
            head => head.View.EndOf(id) is null
                ? new StopFact(
                    StopKind.WithdrawalEnded, id, detail, statement.Attempt, statement.IntentDigest, [compact], RefusalCode.RejectedByApprover.Text())
                : null,
            cancellation);
        await AddAsync(id, compact, statement, now => !now.State.Status.IsEnd(), cancellation);
        var ended = await ender.EndAsync(id, WithdrawalStatus.Rejected, "approve", RefusalCode.RejectedByApprover, detail, cancellation);
        await starter.TryWakeAsync(client, id, Wake.Vote, cancellation);
        return ended.Status == StatusText.Of(WithdrawalStatus.Rejected)
            ? Replies.Ok(new { id, decision = statement.Decision, approvals = 0, needed = 0 })
            : Problems.Of(RefusalCode.TooLate, "A signature may exist already; the withdrawal is held for the operators.");
    }

    private async Task<Verdict> AddAsync(
        string id, string compact, ApprovalStatement statement, Func<WithdrawalCase, bool> isOpen, CancellationToken cancellation)
    {
        var verdict = Verdict.Allowed;
        await editor.EditAsync(
            id,
            now =>
            {
                verdict = now.Find(CaseDocuments.Vote(statement.Attempt, statement.ApproverId)) is not null ? Duplicate(statement)
                    : !isOpen(now) || now.State.Attempt != statement.Attempt
                        ? Verdict.Refused(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(now.State.Status)}.")
                    : Verdict.Allowed;
                return verdict.IsAllowed ? Change(now, compact, statement) : null;
            },
            cancellation);
        return verdict;
    }

    private static bool MayVote(WithdrawalState state) =>
        state.Status is WithdrawalStatus.AwaitingApproval or WithdrawalStatus.Approved or WithdrawalStatus.Signing;

    private static CaseChange Change(WithdrawalCase file, string compact, ApprovalStatement statement) => new(
        file.State,
        [
            new AuditEvent(
                "approve", statement.Decision == ApprovalDecision.Approve ? "voted" : "rejected", statement.ApproverId,
                Detail: statement.DeviceId, Digest: statement.IntentDigest),
        ],
        [new CaseDocument(CaseDocuments.Vote(statement.Attempt, statement.ApproverId), System.Text.Encoding.ASCII.GetBytes(compact))]);

    private async Task<IResult> AnswerAsync(string id, ApprovalStatement statement, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var stored = await editor.RequireAsync(id, cancellation);
        var intent = stored.Intent(statement.Attempt)!;
        var tally = ApprovalCount.Under(
            IntentTerms.Of(intent, inForce.Governed).Rules, stored.Compacts(CaseDocuments.Votes(statement.Attempt)), intent, inForce.Stops, time.GetUtcNow());
        return Replies.Ok(new { id, decision = statement.Decision, approvals = tally.Approvals, needed = tally.Needed });
    }

    private async Task<IResult> RefuseAsync(HttpRequest request, string id, Verdict verdict, CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller();
        await door.RefusedAsync($"Vote {(WithdrawalId.IsValid(id) ? id : "")}", verdict, caller.Id, cancellation);
        if (WithdrawalId.IsValid(id) && await store.LoadAsync(id, cancellation) is not null)
        {
            await editor.EditAsync(id, file => new CaseChange(file.State, new AuditEvent("approve", "refused", caller.Id, verdict.Code.Text(), verdict.Detail)), cancellation);
        }

        return Problems.Of(verdict);
    }

    // What a registered key signed is told as well.
    private async Task<IResult> RefuseSignedAsync(
        HttpRequest request, string id, string compact, Verdict verdict, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        await refused.HearAsync(SignedVote.SignerOf(compact, inForce.Governed, time.GetUtcNow()), id, verdict, cancellation);
        return await RefuseAsync(request, id, verdict, cancellation);
    }

    private Task<IResult> RefuseAgainAsync(
        HttpRequest request, WithdrawalCase file, string compact, ApprovalStatement statement, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var earlier = file.Find(CaseDocuments.Vote(statement.Attempt, statement.ApproverId))?.Content ?? default;
        return IsOtherDevice(System.Text.Encoding.UTF8.GetString(earlier.Span), statement)
            ? RefuseSignedAsync(request, file.State.Id, compact, Duplicate(statement), inForce, cancellation)
            : RefuseAsync(request, file.State.Id, Duplicate(statement), cancellation);
    }

    // One device's vote again is a retry; a second device's is one person who votes twice.
    private static bool IsOtherDevice(string earlier, ApprovalStatement again) => SignedVote.StatementOf(earlier)?.DeviceId != again.DeviceId;

    private static Quorum? QuorumOf(WithdrawalIntent intent, GovernanceSnapshot.InForce inForce) =>
        inForce.Governed.Document.Rules.FirstOrDefault(r => r.Id == intent.RuleId)?.Approvals;

    private static Verdict Duplicate(ApprovalStatement statement) =>
        Verdict.Refused(RefusalCode.DuplicateVote, $"The approver '{statement.ApproverId}' voted on attempt {statement.Attempt} before.");
}
