using Custody.Core.Admission;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Screening;

/// <summary>GET /withdrawals/{id}/screening and POST /withdrawals/{id}/screening-release: what was found, and one operator's half of its release.</summary>
public sealed class ScreeningFunctions(
    CaseEditor editor, IWithdrawalStore store, IFactStore facts, IChainClock chainClock, ScreeningDesk desk, Sweeper sweeper, TimeProvider time)
{
    /// <summary>What screening says of the withdrawal now, and what it said before.</summary>
    [Function("ShowScreening")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals/{id}/screening")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        var reading = await EvaluateAsync(file, request.HttpContext.GetGovernance(), cancellation);
        return Replies.Ok(new
        {
            id,
            attempt = file.State.Attempt,
            allowed = reading.Screening?.Verdict.IsAllowed ?? false,
            reason = reading.Screening is { Verdict.IsAllowed: true } ? null : reading.Verdict.Code.Text(),
            detail = reading.Screening is { Verdict.IsAllowed: true } ? null : reading.Verdict.Detail,
            address = reading.Screening?.Subject.Address,
            hits = Hits(file, reading),
            hitDigest = reading.Screening?.HitDigest,
        });
    }

    /// <summary>One operator's half. When a second person signed the same, the withdrawal goes on and is screened again.</summary>
    [Function("ReleaseScreening")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ReleaseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/withdrawals/{id}/screening-release")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!WithdrawalId.IsValid(id) || await store.LoadAsync(id, cancellation) is not { } file)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, $"The body must be a compact JWS of typ {DocumentType.ScreeningRelease}.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var state = file.State;
        if (state.Status != WithdrawalStatus.Held || state.Reason != RefusalCode.ScreeningHit)
        {
            return Problems.Of(RefusalCode.NotHeld, "The withdrawal is not held for a screening hit.");
        }

        var hitDigest = (await EvaluateAsync(file, inForce, cancellation)).Screening?.HitDigest ?? "";
        var reading = ScreeningReleaseRule.Verify(compact, id, state.Attempt, hitDigest, inForce.Governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        var name = CaseDocuments.ScreeningRelease(state.Attempt, state.Hold, statement.OperatorId, compact);
        await editor.EditAsync(
            file,
            now => now.State.Status != WithdrawalStatus.Held || now.State.Hold != state.Hold || now.Find(name) is not null
                ? null
                : new CaseChange(
                    now.State,
                    [new AuditEvent("screen", "release-signed", statement.OperatorId, Detail: statement.Reason, Digest: hitDigest)],
                    [new CaseDocument(name, System.Text.Encoding.ASCII.GetBytes(compact))]),
            cancellation);
        file = await editor.RequireAsync(id, cancellation);
        var together = ScreeningReleaseRule.Together(
            file.Compacts(CaseDocuments.ScreeningReleases(state.Attempt)), id, state.Attempt, hitDigest, inForce.Governed, time.GetUtcNow());
        if (!together.IsAllowed)
        {
            return Replies.Accepted(new { id, hitDigest, signatures = 1, needed = 2 });
        }

        await sweeper.SweepAsync(client, id, cancellation);
        return Replies.Ok(new { id, hitDigest });
    }

    private async Task<AdmissionReading> EvaluateAsync(WithdrawalCase file, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var sent = file.Find(CaseDocuments.Request);
        var customer = await facts.ReadAsync(FactKind.Customer, FactId.Customer(file.State.ClientId, file.State.CustomerId), cancellation);
        var entry = await facts.ReadAsync(FactKind.WhitelistEntry, file.State.WhitelistEntryId, cancellation);
        var chainTime = await chainClock.NewestFinalAsync(file.State.Asset.Chain, inForce.Governed, cancellation);
        return AdmissionRule.Evaluate(new AdmissionFacts(
            sent?.Content ?? default, sent?.Signature, customer, entry, inForce.Governed, inForce.Stops, time.GetUtcNow(), chainTime,
            Screening: await desk.FactsAsync(file, inForce.Governed, inForce.Stops, cancellation)));
    }

    // The journal has the digests of the provider's hits; what they say is in the file, and counts only as far as it has such a digest.
    private static List<ScreeningHit> Hits(WithdrawalCase file, AdmissionReading reading) =>
    [
        .. reading.Screening?.Hits ?? [],
        .. file.WithPrefix(CaseDocuments.Screenings(file.State.Attempt)).Select(Read).OfType<ScreeningRecord>().Where(r => r.By == "provider").SelectMany(r => r.Hits),
    ];

    private static ScreeningRecord? Read(CaseDocument document)
    {
        try
        {
            return CanonicalJson.Deserialize<ScreeningRecord>(document.Content.Span);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
