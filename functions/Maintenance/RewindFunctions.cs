using Custody.Core.Callers;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Maintenance;

/// <summary>GET and POST /maintenance/rewinds: after a reorganisation beyond the governed finality two operators say from which block a chain is read again.</summary>
public sealed class RewindFunctions(Rewinder rewinder, IFactStore facts, TimeProvider time)
{
    /// <summary>Where each chain's watcher stands, and whether it can go on by itself.</summary>
    [Function("ListRewinds")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/maintenance/rewinds")] HttpRequest request, CancellationToken cancellation) =>
        Replies.Ok(new { items = await rewinder.StandingsAsync(request.HttpContext.GetGovernance().Governed, cancellation) });

    /// <summary>One operator's half; the second person's has the chain read again at once.</summary>
    [Function("OrderRewind")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> OrderAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/maintenance/rewinds")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-rewind+jws.");
        }

        var governed = request.HttpContext.GetGovernance().Governed;
        var reading = RewindRule.Verify(compact, governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        var order = statement.ToOrder();
        var (verdict, stored) = await rewinder.CheckAsync(order, governed, cancellation);
        if (!verdict.IsAllowed || stored is null)
        {
            return Problems.Of(verdict);
        }

        await facts.WriteAsync(FactKind.RewindHalf, FactId.RewindHalf(order.FromHash, statement.OperatorId, compact), SignedDocument.FromCompact(compact)!, cancellation);
        var halves = (await facts.ListAsync(FactKind.RewindHalf, FactId.RewindHalves(order.FromHash), cancellation))
            .Select(h => h.ToCompact()).Append(compact).Distinct(StringComparer.Ordinal).ToList();
        if (!RewindRule.Together(halves, order, governed, time.GetUtcNow()).IsAllowed)
        {
            return Replies.Accepted(new { order.Chain, order.Block, signatures = 1, needed = 2 });
        }

        var told = await rewinder.RewindAsync(order, statement, stored, governed, client, cancellation);
        return told is { } affected
            ? Replies.Ok(new { order.Chain, order.Block, affected })
            : Problems.Of(RefusalCode.RewindNotNeeded, "The watcher has moved meanwhile.");
    }
}
