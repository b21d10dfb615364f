using Custody.Core.Admission;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Functions.Audit;
using Custody.Functions.Composition;
using Custody.Functions.Http;
using Custody.Functions.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// POST /withdrawals: accepts a signed request. The withdrawal's row, inserted if absent, is the acknowledged commit and the
/// guard against duplicates; the orchestration starts after it, and the sweeper starts it if this process dies in between.
/// </summary>
public sealed class SubmitFunction(
    IWithdrawalStore store, Starter starter, DoorAudit door, CustodySettings settings, TimeProvider time)
{
    /// <summary>The header of the detached signature.</summary>
    public const string SignatureHeader = "X-Custody-Signature";

    /// <summary>Handles the call.</summary>
    [Function("SubmitWithdrawal")]
    [Callers(CallerKind.Exchange)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        using var span = Traces.Door("submit");
        var caller = request.HttpContext.GetCaller();
        if (await RequestBody.ReadAsync(request, cancellation) is not { } body)
        {
            return await RefuseAsync(caller, RefusalCode.BodyMalformed, $"The body is longer than {RequestBody.MaxLength} bytes.", "", cancellation);
        }

        switch (RequestReader.Read(body))
        {
            case RequestReading.Invalid invalid:
                return await RefuseAsync(caller, invalid.Code, invalid.Detail, invalid.Field, cancellation);
            case RequestReading.Read { Request: var read }:
                var signature = request.Headers[SignatureHeader].ToString();
                var inForce = request.HttpContext.GetGovernance();
                var verdict = Verify(body, signature, read, caller, inForce.Governed, out var field);
                if (verdict.IsAllowed && await LostAsync(read, inForce.Stops, cancellation) is { IsAllowed: false } lost)
                {
                    return await RefuseAsync(caller, lost.Code, lost.Detail, "issuedAt", cancellation);
                }

                return verdict.IsAllowed
                    ? await AcceptAsync(read, body, signature, Traces.Parent(request), client, cancellation)
                    : await RefuseAsync(caller, verdict.Code, verdict.Detail, field, cancellation);
            default:
                return Problems.Of(default(Verdict));
        }
    }

    private Verdict Verify(byte[] body, string signature, WithdrawalRequest request, Caller caller, Governed governed, out string field)
    {
        field = "";
        if (request.ClientId != caller.Id)
        {
            field = "clientId";
            return Verdict.Refused(RefusalCode.CallerNotAllowed, "clientId must be the caller's own.");
        }

        var now = time.GetUtcNow();
        var signed = RequestSignature.Verify(body, signature, request.ClientId, governed, now, out _);
        if (!signed.IsAllowed)
        {
            return signed;
        }

        if (request.ExpiresAt <= now || request.IssuedAt > now + Jws.ClockSkew)
        {
            return Verdict.Refused(RefusalCode.SignatureExpired, "The signed request has expired, or was issued in the future.");
        }

        field = governed.Asset(request.Asset) is null ? "asset" : "";
        return field.Length == 0 ? Verdict.Allowed : Verdict.Refused(RefusalCode.AssetUnknown, $"The asset {request.Asset} is not registered.");
    }

    // A request from before a restore that is not in the store may have been, and paid: taken again, it would be paid again. Only the
    // client can tell, who asks anew when it was not.
    private async Task<Verdict> LostAsync(WithdrawalRequest request, StopView stops, CancellationToken cancellation) =>
        RestoredRule.Before(stops, request.IssuedAt) is { } restore && await store.LoadAsync(WithdrawalId.Derive(request.ClientId, request.RequestId), cancellation) is null
            ? Verdict.Refused(
                RefusalCode.Restored,
                $"Storage was restored, and a request issued up to {restore.Until:u} may have been paid already. Compare with the chain, and ask anew with another requestId for what was not paid.")
            : Verdict.Allowed;

    private async Task<IResult> AcceptAsync(WithdrawalRequest request, byte[] body, string signature, string? traceParent, DurableTaskClient client, CancellationToken cancellation)
    {
        var id = WithdrawalId.Derive(request.ClientId, request.RequestId);
        var digest = AdmissionRule.DigestOf(body);
        var now = time.GetUtcNow();
        var state = new WithdrawalState(
            id, request.ClientId, request.CustomerId, request.RequestId, digest, request.Asset, request.Amount, request.WhitelistEntryId,
            WithdrawalStatus.Received, now, now, traceParent);
        var created = await store.CreateAsync(
            new CaseChange(
                state,
                [new AuditEvent("receive", "accepted", request.ClientId, Digest: digest)],
                [new CaseDocument(CaseDocuments.Request, body, signature)]),
            cancellation);
        if (created == CommitOutcome.Committed)
        {
            await starter.TryStartAsync(client, id, cancellation);
            return Replies.Accepted(WithdrawalView.Of(state, settings.PublicUrl));
        }

        var existing = (await store.LoadAsync(id, cancellation))?.State;
        return existing is null ? throw new InvalidOperationException($"The withdrawal {id} exists and cannot be read.")
            : existing.RequestDigest == digest ? Replies.Ok(WithdrawalView.Of(existing, settings.PublicUrl))
            : Problems.Of(RefusalCode.RequestConflict, "The same requestId came before with another body; a new withdrawal needs a requestId of its own.", "requestId");
    }

    private async Task<IResult> RefuseAsync(Caller caller, RefusalCode code, string detail, string field, CancellationToken cancellation)
    {
        await door.RefusedAsync("SubmitWithdrawal", Verdict.Refused(code, detail), caller.Id, cancellation);
        return Problems.Of(code, detail, field);
    }
}
