using System.Text.Json;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Functions.Alerts;
using Custody.Functions.Audit;
using Custody.Functions.Chains;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Governance;

/// <summary>
/// POST /governance: the next version with its quorum's signatures. It is verified, stored and recorded in the stop journal
/// before it is acknowledged; an orchestration puts it in force when that may be. The caller's own key adds nothing to it.
/// </summary>
public sealed class ProposeFunction(GovernanceChanger changer, GovernanceStarter starter, HostClock clock, RefusedStatements refusals, DoorAudit door, TimeProvider time)
{
    private const int MaxDocument = 512 * 1024;

    /// <summary>Handles the call.</summary>
    [Function("ProposeGovernance")]
    [Callers(CallerKind.Governor | CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/governance")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller().Id;
        if (Read(await RequestBody.ReadAsync(request, cancellation, MaxDocument)) is not { } stored)
        {
            return await RefuseAsync(Verdict.Refused(RefusalCode.BodyMalformed, "The body must be a signed document: {\"payload\":…,\"signatures\":[…]}."), caller, cancellation);
        }

        var inForce = request.HttpContext.GetGovernance();
        switch (SuccessionRule.Check(inForce.Governed, stored, time.GetUtcNow()))
        {
            case GovernanceReading.Verified { Governed: var next } when inForce.Stops.IsVetoed(next.Digest):
                return await RefuseAsync(Verdict.Refused(RefusalCode.GovernanceVetoed, "This very document was vetoed; write another one."), caller, cancellation);
            case GovernanceReading.Verified { Governed: var next }
                when next.Changes?.Direction != ChangeDirection.Tightens && await clock.CheckAllAsync(inForce.Governed, cancellation) is { IsAllowed: false } undated:
                // Its delay counts from the line that would be written now.
                await door.RefusedAsync("ProposeGovernance", undated, caller, cancellation);
                return Problems.Of(undated);
            case GovernanceReading.Verified { Governed: var next }:
                var stops = await changer.ProposeAsync(next, stored, caller, cancellation);
                await starter.EnsureAsync(client, next.Document.Version, next.Digest, cancellation);
                return Replies.Accepted(ProposalView.Of(next, stops));
            case GovernanceReading.Refused refused:
                await HearAsync(stored, Verdict.Refused(refused.Code, refused.Detail), request.HttpContext.GetCaller(), inForce.Governed, cancellation);
                return await RefuseAsync(Verdict.Refused(refused.Code, refused.Detail), caller, cancellation);
            default:
                return Problems.Of(default(Verdict));
        }
    }

    // Whoever's registered keys signed it are told of; where none did, who posted it, since strangers cannot.
    private async Task HearAsync(SignedDocument stored, Verdict why, Caller caller, Governed governed, CancellationToken cancellation)
    {
        var payload = stored.PayloadBytes();
        var signers = stored.Signatures
            .Select(s => RegisteredSigner.OfDetached(s, payload, DocumentType.Governance, governed, time.GetUtcNow()))
            .OfType<KeyHolder>().DistinctBy(h => h.Key.KeyId, StringComparer.Ordinal).ToList();
        foreach (var signer in signers is [] ? [governed.Holder(caller.KeyId)] : signers.Cast<KeyHolder?>())
        {
            await refusals.HearAsync(signer, "governance", why, cancellation);
        }
    }

    private async Task<IResult> RefuseAsync(Verdict verdict, string caller, CancellationToken cancellation)
    {
        await door.RefusedAsync("ProposeGovernance", verdict, caller, cancellation);
        return Problems.OfPosted(verdict);
    }

    private static SignedDocument? Read(byte[]? body)
    {
        try
        {
            return body is { Length: > 0 } ? CanonicalJson.DeserializeLoose<SignedDocument>(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
