using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Maintenance;

/// <summary>GET and POST /maintenance/gap-fills: operators order that a nonce which nothing takes is filled; a timer does it.</summary>
public sealed class GapFillFunctions(IGapFillStore fills, GapReader gaps, IAuditTrail trail, TimeProvider time)
{
    private const int MostListed = 100;
    private const int MostTries = 10;

    /// <summary>The newest fills.</summary>
    [Function("ListGapFills")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/maintenance/gap-fills")] HttpRequest request, CancellationToken cancellation)
    {
        var governed = request.HttpContext.GetGovernance().Governed;
        var now = time.GetUtcNow();
        return Replies.Ok(new { items = (await fills.ListAsync(open: false, MostListed, cancellation)).Select(f => GapFillView.Of(f.File, governed, now)).ToList() });
    }

    /// <summary>One operator's statement; stored before it is answered.</summary>
    [Function("OrderGapFill")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> OrderAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/maintenance/gap-fills")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-maintenance+jws.");
        }

        var governed = request.HttpContext.GetGovernance().Governed;
        var reading = GapFillStatementRule.Verify(compact, governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        // The gate asks again; here a person is told before they ask a second one to sign.
        var isGap = await gaps.CheckAsync(statement.ToOrder(), governed, cancellation);
        if (!isGap.IsAllowed)
        {
            return Problems.Of(isGap);
        }

        var (verdict, file) = await StoreAsync(statement, compact, governed, cancellation);
        if (!verdict.IsAllowed)
        {
            return Problems.Of(verdict);
        }

        var view = GapFillView.Of(file, governed, time.GetUtcNow());
        return view.Signatures >= view.Needed ? Replies.Ok(view) : Replies.Accepted(view);
    }

    private async Task<(Verdict Verdict, GapFillFile File)> StoreAsync(MaintenanceStatement statement, string compact, Governed governed, CancellationToken cancellation)
    {
        var order = statement.ToOrder();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var stored = await fills.LoadAsync(order.Id(), cancellation);
            var file = stored?.File ?? GapFillFile.Of(order, time.GetUtcNow());
            if (file.Status is GapFillStatus.Filled or GapFillStatus.Refused)
            {
                return (Verdict.Refused(RefusalCode.TooLate, "This very order has ended; another fee makes another order."), file);
            }

            if (file.Statements.Contains(compact, StringComparer.Ordinal))
            {
                return (Verdict.Refused(RefusalCode.DuplicateSignature, $"The operator '{statement.OperatorId}' posted the same before."), file);
            }

            // The newest of each operator: one that expired is replaced by who signs again.
            var others = file.Statements.Where(s => GapFillStatementRule.Verify(s, governed, time.GetUtcNow()).Statement is { } other && other.OperatorId != statement.OperatorId);
            file = file with { Statements = [.. others, compact] };
            if (await fills.SaveAsync(file, stored?.Version, cancellation) == CommitOutcome.Committed)
            {
                await trail.AppendAsync(
                    file.Id,
                    [new AuditEvent("gapFill", "signed", statement.OperatorId, Detail: $"{order.VaultId}, nonce {order.Nonce}: {statement.Reason}", Digest: order.Intent(governed)?.Digest())],
                    cancellation);
                return (Verdict.Allowed, file);
            }
        }

        throw new InvalidOperationException("The fill's file was changed by others again and again.");
    }
}
