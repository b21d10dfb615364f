using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Alerts;

/// <summary>GET and POST /freezes, POST /thaws: one operator stops, two let go again.</summary>
public sealed class FreezeFunctions(
    Freezer freezer, IStopJournal stops, IFactStore facts, AlertDesk alerts, IAuditTrail trail, TimeProvider time)
{
    /// <summary>The freezes in force.</summary>
    [Function("ListFreezes")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/freezes")] HttpRequest request, CancellationToken cancellation)
    {
        var inForce = request.HttpContext.GetGovernance();
        return Replies.Ok(new
        {
            items = inForce.Stops.FreezesInForce.Values.OrderBy(f => f.Sequence)
                .Select(f => new { scope = f.Subject, sequence = f.Sequence, at = f.At, reason = f.Reason }).ToList(),
        });
    }

    /// <summary>Freezes a scope.</summary>
    [Function("Freeze")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> FreezeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/freezes")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-freeze+jws.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var reading = FreezeRule.Verify(compact, inForce.Governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        var freeze = await freezer.FreezeAsync(statement.Scope, statement.Reason, cancellation, statement.OperatorId, [compact]);
        return Replies.Ok(new { scope = freeze.Subject, sequence = freeze.Sequence });
    }

    /// <summary>One operator's half of a thaw; the second person's completes it.</summary>
    [Function("Thaw")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ThawAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/thaws")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-thaw+jws.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var reading = ThawRule.Verify(compact, inForce.Stops, inForce.Governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        await facts.WriteAsync(FactKind.ThawHalf, FactId.ThawHalf(statement.FreezeSequence, statement.OperatorId, compact), SignedDocument.FromCompact(compact)!, cancellation);
        var stored = await facts.ListAsync(FactKind.ThawHalf, FactId.ThawHalves(statement.FreezeSequence), cancellation);
        var halves = stored.Select(h => h.ToCompact()).Append(compact).Distinct(StringComparer.Ordinal).ToList();
        if (!ThawRule.Together(halves, inForce.Stops, inForce.Governed, time.GetUtcNow()).IsAllowed)
        {
            return Replies.Accepted(new { scope = statement.Scope, signatures = 1, needed = 2 });
        }

        var thawed = false;
        await stops.AppendAsync(
            head =>
            {
                thawed = head.View.FreezesInForce.TryGetValue(statement.Scope, out var freeze) && freeze.Sequence == statement.FreezeSequence;
                return thawed ? new StopFact(StopKind.Thawed, statement.Scope, statement.Reason, Evidence: halves) : null;
            },
            cancellation);
        if (!thawed)
        {
            return Problems.Of(RefusalCode.NotFrozen, "The freeze that the statement names is no longer in force.");
        }

        await alerts.RaiseAsync(AlertCode.ThawedScope, statement.Scope, statement.Reason, cancellation, $"{statement.FreezeSequence}");
        await trail.AppendAsync(Freezer.Subject(statement.Scope), [new AuditEvent("freeze", "thawed", statement.OperatorId, Detail: statement.Reason)], cancellation);
        return Replies.Ok(new { scope = statement.Scope, sequence = statement.FreezeSequence });
    }
}
