using Custody.Core.Amendments;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Amendments;
using Custody.Functions.Composition;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// POST /withdrawals/{id}/cancellation. Until a signature may exist it ends the withdrawal, and is in the stop journal before it is
/// acknowledged; after that it orders a cancel that needs its own approval, where governance has terms for one.
/// </summary>
public sealed class CancelFunction(
    CaseEditor editor, IWithdrawalStore store, IStopJournal stops, Ender ender, Starter starter, AmendmentWriter amendments, CustodySettings settings, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    /// <summary>Handles the call.</summary>
    [Function("CancelWithdrawal")]
    [Callers(CallerKind.Exchange)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals/{id}/cancellation")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller();
        if (!WithdrawalId.IsValid(id) || CaseAccess.For(caller, await store.LoadAsync(id, cancellation)) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal for this caller.");
        }

        var compact = await RequestBody.ReadCompactAsync(request, cancellation);
        if (compact is null)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-cancellation+jws.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var reading = CancellationRule.Verify(compact, id, file.State.ClientId, inForce.Governed, time.GetUtcNow());
        if (reading.Statement is null)
        {
            return Problems.Of(reading.Verdict);
        }

        if (file.State.Status.IsEnd() || await ender.MayBeSignedAsync(file, cancellation))
        {
            return await AfterSigningAsync(file, compact, reading, caller, inForce, cancellation);
        }

        await stops.AppendAsync(
            head => head.View.EndOf(id) is null
                ? new StopFact(StopKind.WithdrawalEnded, id, "The client cancelled the withdrawal.", Evidence: [compact], Code: RefusalCode.CancelledByClient.Text())
                : null,
            cancellation);
        await editor.EditAsync(
            id,
            now => now.Find(CaseDocuments.Cancellation) is not null || now.State.Status.IsEnd()
                ? null
                : new CaseChange(
                    now.State,
                    [new AuditEvent("cancel", "cancelled", caller.Id)],
                    [new CaseDocument(CaseDocuments.Cancellation, System.Text.Encoding.ASCII.GetBytes(compact))]),
            cancellation);
        var ended = await ender.EndAsync(
            id, WithdrawalStatus.Cancelled, "cancel", RefusalCode.CancelledByClient, "The client cancelled the withdrawal.", cancellation);
        await starter.TryWakeAsync(client, id, Wake.Vote, cancellation);
        return ended.Status == StatusText.Of(WithdrawalStatus.Cancelled)
            ? Replies.Ok(WithdrawalView.Of((await editor.RequireAsync(id, cancellation)).State, settings.PublicUrl))
            : Problems.Of(RefusalCode.TooLate, "A signature may exist already; the withdrawal is held for the operators.");
    }

    // After a signature only the chain ends a withdrawal. What the client asks for is kept, and makes a transaction that takes the
    // payment's nonce and pays nobody, once its own approvers have agreed.
    private async Task<IResult> AfterSigningAsync(WithdrawalCase file, string compact, CancellationReading reading, Caller caller, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var (verdict, payment) = await amendments.PaymentAsync(file, inForce.Governed, cancellation);
        if (payment is null || IntentTerms.Of(payment, inForce.Governed) is not { Verdict.IsAllowed: true, Rules: var rules }
            || rules.Select(r => r.Rule.Cancel).ToList() is not { } terms || terms.Any(t => t is null))
        {
            return Problems.Of(RefusalCode.TooLate, $"The withdrawal is {StatusText.Of(file.State.Status)}; it can no longer be cancelled.");
        }

        var (statement, now) = (reading.Statement!, time.GetUtcNow());
        if (statement.SignedAt > now + Jws.ClockSkew || statement.SignedAt < now - Freshness)
        {
            return Problems.Of(RefusalCode.StatementExpired, "The cancellation must have been signed just now: its approvers' time counts from then.");
        }

        var caps = terms.Select(t => AmendmentCaps.Of(t!, payment)).ToList();
        var fee = new FeeEnvelope(caps.Min(c => c.MaxTotal), caps.Min(c => c.MaxRate));
        var deadline = DateTimeOffset.FromUnixTimeSeconds(statement.SignedAt.ToUnixTimeSeconds()) + TimeSpan.FromSeconds(terms.Min(t => t!.ApprovalSeconds));
        if (AmendmentIntents.Cancel(payment, statement, reading.KeyId, compact, fee, deadline, inForce.Governed) is not { } cancel)
        {
            return Problems.Of(RefusalCode.TooLate, "Nothing on this chain can take the payment's place.");
        }

        verdict = AmendmentCaps.Check(rules, payment, IntentKind.Cancel, fee, deadline - cancel.CreatedAt);
        if (!verdict.IsAllowed)
        {
            return Problems.Of(verdict);
        }

        (verdict, var stored) = await amendments.AddAsync(file, cancel, compact, caller.Id, statement.Reason, inForce, cancellation);
        return stored is null ? Problems.Of(verdict) : Replies.Accepted(AmendmentView.Of(stored));
    }
}
