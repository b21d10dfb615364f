using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Audit;
using Custody.Functions.Http;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Approvals;

/// <summary>
/// POST /withdrawals/{id}/approvals/withdraw: an approver takes their vote back, until a signature may exist. It is in the stop
/// journal before it is acknowledged. Before the quorum the vote no longer counts; after it the withdrawal ends.
/// </summary>
public sealed class WithdrawVoteFunction(
    CaseEditor editor, IWithdrawalStore store, IStopJournal stops, Ender ender, DoorAudit door, Starter starter, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("WithdrawVote")]
    [Callers(CallerKind.Approver)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals/{id}/approvals/withdraw")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var compact = await RequestBody.ReadCompactAsync(request, cancellation);
        if (compact is null)
        {
            return await RefuseAsync(request, id, Verdict.Refused(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-approval-withdrawal+jws."), cancellation);
        }

        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        if (file.Intent() is not { } intent)
        {
            return await RefuseAsync(
                request, id, Verdict.Refused(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(file.State.Status)}; there is no intent."), cancellation);
        }

        var inForce = request.HttpContext.GetGovernance();
        var (verdict, statement) = ApprovalWithdrawalRule.Verify(compact, intent, inForce.Governed, inForce.Stops, time.GetUtcNow());
        if (statement is null)
        {
            return await RefuseAsync(request, id, verdict, cancellation);
        }

        if (statement.ApproverId != request.HttpContext.GetCaller().Id)
        {
            return await RefuseAsync(request, id, Verdict.Refused(RefusalCode.CallerNotAllowed, "The vote is another approver's."), cancellation);
        }

        if (file.State.Status.IsEnd() || await ender.MayBeSignedAsync(file, cancellation))
        {
            return await RefuseAsync(
                request, id, Verdict.Refused(RefusalCode.TooLate, $"The withdrawal is {StatusText.Of(file.State.Status)}, or a signature may exist; the vote can no longer be taken back."), cancellation);
        }

        return await WithdrawAsync(file, compact, statement, client, cancellation);
    }

    private async Task<IResult> WithdrawAsync(
        WithdrawalCase file, string compact, ApprovalWithdrawal statement, DurableTaskClient client, CancellationToken cancellation)
    {
        var (id, attempt) = (file.State.Id, statement.Attempt);
        var detail = $"The approver '{statement.ApproverId}' took their vote back: {statement.Reason}";
        var added = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                added = !head.View.IsVoteWithdrawn(id, attempt, statement.ApproverId);
                return added
                    ? new StopFact(StopKind.VoteWithdrawn, VoteSubject.Of(id, statement.ApproverId), detail, attempt, statement.IntentDigest, [compact])
                    : null;
            },
            cancellation);
        if (added)
        {
            await editor.EditAsync(
                id,
                now => new CaseChange(
                    now.State, new AuditEvent("approve", "withdrawn", statement.ApproverId, Detail: statement.Reason, Digest: statement.IntentDigest)),
                cancellation);
        }

        // Said again by whoever got no answer: what died half-way is finished now.
        var current = (await editor.RequireAsync(id, cancellation)).State;
        var broken = journal.View.QuorumBrokenBy(id, attempt) is not null || current.Status is WithdrawalStatus.Approved or WithdrawalStatus.Signing;
        if (broken && current.Status != WithdrawalStatus.Held)
        {
            var ended = await ender.EndAsync(id, WithdrawalStatus.Rejected, "approve", RefusalCode.VoteWithdrawn, detail, cancellation);
            await starter.TryWakeAsync(client, id, Wake.Vote, cancellation);
            return ended.Status == StatusText.Of(WithdrawalStatus.Rejected)
                ? Replies.Ok(new { id, status = ended.Status })
                : Problems.Of(RefusalCode.TooLate, "A signature may exist already; the withdrawal is held for the operators.");
        }

        await starter.TryWakeAsync(client, id, Wake.Vote, cancellation);
        return Replies.Ok(new { id, status = StatusText.Of(current.Status) });
    }

    private async Task<IResult> RefuseAsync(HttpRequest request, string id, Verdict verdict, CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller();
        await door.RefusedAsync($"WithdrawVote {(WithdrawalId.IsValid(id) ? id : "")}", verdict, caller.Id, cancellation);
        return Problems.Of(verdict);
    }
}
