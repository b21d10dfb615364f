using System.Text.Json;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Composition;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Withdrawals;

/// <summary>POST /withdrawals/{id}/cancellation: counts until a signature may exist. It is in the stop journal before it is acknowledged.</summary>
public sealed class CancelFunction(
    CaseEditor editor, IWithdrawalStore store, IStopJournal stops, Ender ender, Starter starter, CustodySettings settings, TimeProvider time)
{
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
        var governed = request.HttpContext.GetGovernance().Governed;
        var verdict = Verify(compact, file.State, governed);
        if (!verdict.IsAllowed)
        {
            return Problems.Of(verdict);
        }

        if (file.State.Status.IsEnd() || await ender.MayBeSignedAsync(file, cancellation))
        {
            return Problems.Of(RefusalCode.TooLate, $"The withdrawal is {StatusText.Of(file.State.Status)}; it can no longer be cancelled.");
        }

        await stops.AppendAsync(
            head => head.View.EndOf(id) is null
                ? new StopFact(StopKind.WithdrawalEnded, id, "The client cancelled the withdrawal.", Evidence: [compact!], Code: RefusalCode.CancelledByClient.Text())
                : null,
            cancellation);
        await editor.EditAsync(
            id,
            now => now.Find(CaseDocuments.Cancellation) is not null || now.State.Status.IsEnd()
                ? null
                : new CaseChange(
                    now.State,
                    [new AuditEvent("cancel", "cancelled", caller.Id)],
                    [new CaseDocument(CaseDocuments.Cancellation, System.Text.Encoding.ASCII.GetBytes(compact!))]),
            cancellation);
        var ended = await ender.EndAsync(
            id, WithdrawalStatus.Cancelled, "cancel", RefusalCode.CancelledByClient, "The client cancelled the withdrawal.", cancellation);
        await starter.TryWakeAsync(client, id, Wake.Vote, cancellation);
        return ended.Status == StatusText.Of(WithdrawalStatus.Cancelled)
            ? Replies.Ok(WithdrawalView.Of((await editor.RequireAsync(id, cancellation)).State, settings.PublicUrl))
            : Problems.Of(RefusalCode.TooLate, "A signature may exist already; the withdrawal is held for the operators.");
    }

    private Verdict Verify(string? compact, WithdrawalState state, Governed governed)
    {
        if (compact is null)
        {
            return Verdict.Refused(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-cancellation+jws.");
        }

        switch (Jws.Verify(compact, DocumentType.Cancellation, governed.Keys(KeyRole.Client), time.GetUtcNow()))
        {
            case JwsVerification.Invalid invalid:
                return SignatureRefusal.Of(invalid);
            case JwsVerification.Valid valid when KeyScope.Check(valid.Key, KeyScope.Cancel) is { IsAllowed: false } unscoped:
                return unscoped;
            case JwsVerification.Valid valid:
                try
                {
                    var statement = CanonicalJson.Deserialize<CancellationStatement>(valid.Payload);
                    return statement.Version == 1 && statement.WithdrawalId == state.Id && statement.ClientId == state.ClientId
                        && governed.Holder(valid.Key.KeyId, KeyRole.Client)?.OwnerId == state.ClientId
                        ? Verdict.Allowed
                        : Verdict.Refused(RefusalCode.FieldInvalid, "The cancellation is for another withdrawal or client.");
                }
                catch (JsonException problem)
                {
                    return Verdict.Refused(RefusalCode.BodyMalformed, $"The cancellation is malformed: {problem.Message}");
                }

            default:
                return default;
        }
    }
}
