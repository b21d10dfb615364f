using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Amendments;

/// <summary>The answer to a vote on an amendment.</summary>
/// <param name="Verdict">Whether it was taken.</param>
/// <param name="Approvals">Distinct people who approved by now.</param>
/// <param name="Needed">How many must.</param>
public readonly record struct AmendmentVote(Verdict Verdict, int Approvals, int Needed);

/// <summary>
/// Takes votes on fee bumps and cancels. They are votes like any other, over a digest of their own. A rejection is in the stop
/// journal before it is acknowledged, and ends what was ordered, never the withdrawal.
/// </summary>
public sealed class AmendmentVotes(CaseEditor editor, AmendmentReader reader, IStopJournal stops, IDuressWatch duress, Starter starter, TimeProvider time)
{
    /// <summary>Takes a vote; null when it is about no amendment of the attempt that the withdrawal is in.</summary>
    public async Task<AmendmentVote?> TakeAsync(
        WithdrawalCase file, string compact, string callerId, GovernanceSnapshot.InForce inForce, DurableTaskClient client, CancellationToken cancellation)
    {
        var digest = SignedVote.StatementOf(compact)?.IntentDigest;
        if (digest is null || (await reader.ReadAsync(file, inForce, cancellation)).FirstOrDefault(a => a.Stored.Intent?.Digest() == digest) is not { } amendment)
        {
            return null;
        }

        var (verdict, statement) = Check(file, amendment, compact, callerId, inForce);
        if (statement is null)
        {
            return Refused(verdict);
        }

        if (statement.Decision == ApprovalDecision.Reject)
        {
            return await RejectAsync(file, amendment, compact, statement, inForce.Governed, cancellation);
        }

        verdict = await AddAsync(file, amendment, compact, statement, cancellation);
        if (!verdict.IsAllowed)
        {
            return Refused(verdict);
        }

        // At the vote, and not only when something is signed.
        await duress.LookAtVotesAsync(file.State.Id, cancellation);
        await starter.TryWakeAsync(client, file.State.Id, Wake.Chain, cancellation);
        var now = (await reader.ReadAsync(await editor.RequireAsync(file.State.Id, cancellation), inForce, cancellation)).First(a => a.Stored.Number == amendment.Stored.Number);
        return new AmendmentVote(Verdict.Allowed, now.Reading.Tally.Approvals, now.Reading.Tally.Needed);
    }

    private (Verdict Verdict, ApprovalStatement? Statement) Check(WithdrawalCase file, ReadAmendment amendment, string compact, string callerId, GovernanceSnapshot.InForce inForce)
    {
        var reading = amendment.Reading;
        if (file.State.Status.IsEnd() || !reading.Verdict.IsAllowed)
        {
            return (file.State.Status.IsEnd() ? Verdict.Refused(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(file.State.Status)}.") : reading.Verdict, null);
        }

        var vote = VoteRule.Verify(compact, amendment.Stored.Intent!, inForce.Governed, inForce.Stops, time.GetUtcNow());
        if (vote.Statement is not { } statement)
        {
            return (vote.Verdict, null);
        }

        var ordered = inForce.Governed.Document.Operators.FirstOrDefault(o => o.Id == reading.OrderedBy && !amendment.Stored.IsCancel);
        var verdict = vote.Assertion is not null ? Verdict.Refused(RefusalCode.WebAuthnNotAllowed, "A fee bump and a cancel are read on a device that verified them.")
            : statement.ApproverId != callerId ? Verdict.Refused(RefusalCode.CallerNotAllowed, "The vote is another approver's.")
            : ordered is not null && ordered.Person == vote.Approver!.Person && statement.Decision == ApprovalDecision.Approve
                ? Verdict.Refused(RefusalCode.SelfApproval, "Who proposed the fee cannot approve it.")
            : Verdict.Allowed;
        return (verdict, verdict.IsAllowed ? statement : null);
    }

    private async Task<AmendmentVote> RejectAsync(
        WithdrawalCase file, ReadAmendment amendment, string compact, ApprovalStatement statement, Governed governed, CancellationToken cancellation)
    {
        if (await IsSignedAsync(file, statement.IntentDigest, governed, cancellation))
        {
            return Refused(Verdict.Refused(RefusalCode.TooLate, "A signature for it exists or may exist; it can no longer be rejected."));
        }

        // The stop journal is written and then the signing journal read; the gate does it the other way round, so one sees the other.
        await stops.AppendAsync(
            head => head.View.IsAmendmentEnded(statement.IntentDigest) ? null : new StopFact(
                StopKind.AmendmentEnded, file.State.Id, statement.Reason ?? $"The approver '{statement.ApproverId}' rejected it.",
                statement.Attempt, statement.IntentDigest, [compact], RefusalCode.AmendmentRejected.Text()),
            cancellation);
        await AddAsync(file, amendment, compact, statement, cancellation);
        return await IsSignedAsync(file, statement.IntentDigest, governed, cancellation)
            ? Refused(Verdict.Refused(RefusalCode.TooLate, "A signature for it may exist already; nothing more is signed for it."))
            : new AmendmentVote(Verdict.Allowed, 0, 0);
    }

    private async Task<bool> IsSignedAsync(WithdrawalCase file, string digest, Governed governed, CancellationToken cancellation) =>
        (await reader.LinesAsync(file, governed, cancellation)).Any(l => l.IntentDigest == digest);

    private async Task<Verdict> AddAsync(WithdrawalCase file, ReadAmendment amendment, string compact, ApprovalStatement statement, CancellationToken cancellation)
    {
        var name = CaseDocuments.AmendmentVote(statement.Attempt, amendment.Stored.Number, statement.ApproverId);
        var verdict = Verdict.Allowed;
        await editor.EditAsync(
            file,
            now =>
            {
                verdict = now.Find(name) is not null ? Verdict.Refused(RefusalCode.DuplicateVote, $"The approver '{statement.ApproverId}' voted on this before.")
                    : now.State.Status.IsEnd() || now.State.Attempt != statement.Attempt ? Verdict.Refused(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(now.State.Status)}.")
                    : Verdict.Allowed;
                return !verdict.IsAllowed ? null : new CaseChange(
                    now.State,
                    [
                        new AuditEvent(
                            amendment.Stored.IsCancel ? "cancel" : "feeBump", statement.Decision == ApprovalDecision.Approve ? "voted" : "rejected", statement.ApproverId,
                            Detail: statement.DeviceId, Digest: statement.IntentDigest),
                    ],
                    [new CaseDocument(name, System.Text.Encoding.ASCII.GetBytes(compact))]);
            },
            cancellation);
        return verdict;
    }

    private static AmendmentVote Refused(Verdict verdict) => new(verdict, 0, 0);
}
