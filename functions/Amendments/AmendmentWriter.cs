using System.Globalization;
using Custody.Core.Alerts;
using Custody.Core.Amendments;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Amendments;

/// <summary>Stores what was ordered about a signed payment, and tells the approvers. One waits at a time, so that nobody approves the wrong one.</summary>
public sealed class AmendmentWriter(CaseEditor editor, AmendmentReader reader, AlertDesk alerts)
{
    /// <summary>
    /// Whether the attempt's payment can be amended: its own intent, when the signing journal has it and no block does. A refusal otherwise.
    /// </summary>
    public async Task<(Verdict Verdict, WithdrawalIntent? Payment)> PaymentAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation)
    {
        var status = file.State.Status;
        if (status.IsEnd() || status == WithdrawalStatus.Confirming)
        {
            return (Verdict.Refused(RefusalCode.TooLate, $"The withdrawal is {StatusText.Of(status)}."), null);
        }

        var payment = file.Intent();
        var digest = payment?.Digest();
        return (await reader.LinesAsync(file, governed, cancellation)).Any(l => l.IntentDigest == digest)
            ? (Verdict.Allowed, payment)
            : (Verdict.Refused(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(status)}, and nothing was signed in this attempt."), null);
    }

    /// <summary>Stores it, once, while no cancel stands and, for a bump, no other waits; and as often as governance permits.</summary>
    public async Task<(Verdict Verdict, ReadAmendment? Stored)> AddAsync(
        WithdrawalCase read, WithdrawalIntent intent, string order, string by, string reason, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var (id, attempt) = (read.State.Id, intent.Attempt);
        var standing = await reader.ReadAsync(read, inForce, cancellation);
        var known = standing.Count;
        var most = IntentTerms.Of(read.Intent()!, inForce.Governed).Rules.Min(r => AmendmentCaps.TermsOf(r.Rule, intent.Kind)!.Most);
        // A proposed fee keeps no client from cancelling.
        var verdict = standing.Any(a => (a.Stored.IsCancel && a.Reading.Verdict.IsAllowed) || (a.Waits && intent.Kind != IntentKind.Cancel))
                ? Verdict.Refused(RefusalCode.AmendmentOpen, "Another fee bump waits for its approvals, or a cancel was ordered.")
            : standing.Count(a => a.Stored.Intent?.Kind == intent.Kind) >= most
                ? Verdict.Refused(RefusalCode.AmendmentsExceeded, $"{most} were ordered in this attempt, which is all that governance permits.")
            : Verdict.Allowed;
        if (!verdict.IsAllowed)
        {
            return (verdict, null);
        }

        var number = known + 1;
        var added = false;
        await editor.EditAsync(
            read,
            now =>
            {
                added = now.State.Attempt == attempt && !now.State.Status.IsEnd() && Amendment.At(now, attempt, number) is null;
                return added
                    ? new CaseChange(
                        now.State,
                        [new AuditEvent(intent.Kind == IntentKind.Cancel ? "cancel" : "feeBump", "ordered", by, Detail: string.Create(CultureInfo.InvariantCulture, $"{number}, at most {intent.Fee.MaxTotal}: {reason}"), Digest: intent.Digest())],
                        [
                            new CaseDocument(CaseDocuments.AmendmentOrder(attempt, number), System.Text.Encoding.ASCII.GetBytes(order)),
                            new CaseDocument(CaseDocuments.AmendmentIntent(attempt, number), CanonicalJson.Serialize(intent)),
                        ])
                    : null;
            },
            cancellation);
        if (!added)
        {
            return (Verdict.Refused(RefusalCode.AmendmentOpen, "Another was ordered at the same time, or the withdrawal moved on."), null);
        }

        await alerts.RaiseAsync(
            AlertCode.AmendmentOrdered, id,
            intent.Kind == IntentKind.Cancel ? $"The client cancels a signed payment: {reason}" : $"A fee of at most {intent.Fee.MaxTotal} is proposed: {reason}",
            cancellation, string.Create(CultureInfo.InvariantCulture, $"{attempt}-{number}"));
        var stored = await reader.ReadAsync(await editor.RequireAsync(id, cancellation), inForce, cancellation);
        return (Verdict.Allowed, stored.First(a => a.Stored.Number == number));
    }
}
