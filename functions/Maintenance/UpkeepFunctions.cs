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

/// <summary>
/// GET and POST /maintenance/gap-fills and /maintenance/gas-fundings: operators order that a nonce which nothing takes is filled, or that one
/// vault sends another coin for its gas; a timer does it.
/// </summary>
public sealed class UpkeepFunctions(IUpkeepStore orders, GapReader gaps, IAuditTrail trail, TimeProvider time)
{
    private const int MostListed = 100;
    private const int MostTries = 10;

    /// <summary>The newest fills.</summary>
    [Function("ListGapFills")]
    [Callers(CallerKind.Operator)]
    public Task<IResult> ListFillsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/maintenance/gap-fills")] HttpRequest request, CancellationToken cancellation) =>
        ListAsync(request, MaintenanceKind.GapFill, cancellation);

    /// <summary>The newest fundings.</summary>
    [Function("ListGasFundings")]
    [Callers(CallerKind.Operator)]
    public Task<IResult> ListFundingsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/maintenance/gas-fundings")] HttpRequest request, CancellationToken cancellation) =>
        ListAsync(request, MaintenanceKind.GasFunding, cancellation);

    /// <summary>One operator's statement of a fill; stored before it is answered.</summary>
    [Function("OrderGapFill")]
    [Callers(CallerKind.Operator)]
    public Task<IResult> OrderFillAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/maintenance/gap-fills")] HttpRequest request, CancellationToken cancellation) =>
        OrderAsync(request, MaintenanceKind.GapFill, cancellation);

    /// <summary>One operator's statement of a funding; stored before it is answered.</summary>
    [Function("OrderGasFunding")]
    [Callers(CallerKind.Operator)]
    public Task<IResult> OrderFundingAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/maintenance/gas-fundings")] HttpRequest request, CancellationToken cancellation) =>
        OrderAsync(request, MaintenanceKind.GasFunding, cancellation);

    private async Task<IResult> ListAsync(HttpRequest request, MaintenanceKind kind, CancellationToken cancellation)
    {
        var governed = request.HttpContext.GetGovernance().Governed;
        var now = time.GetUtcNow();
        var listed = await orders.ListAsync(open: false, int.MaxValue, cancellation);
        return Replies.Ok(new { items = listed.Where(o => o.File.Order.Kind() == kind).Take(MostListed).Select(o => UpkeepView.Of(o.File, governed, now)).ToList() });
    }

    private async Task<IResult> OrderAsync(HttpRequest request, MaintenanceKind kind, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-maintenance+jws.");
        }

        var governed = request.HttpContext.GetGovernance().Governed;
        var reading = UpkeepStatementRule.Verify(compact, governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        if (statement.Kind != kind)
        {
            return Problems.Of(RefusalCode.FieldInvalid, "The kind is ordered elsewhere: gapFill at gap-fills, gasFunding at gas-fundings.", "kind");
        }

        // The gate asks again; here a person is told before they ask a second one to sign.
        var isGap = kind == MaintenanceKind.GapFill ? await gaps.CheckAsync(statement.ToOrder(), governed, cancellation) : Verdict.Allowed;
        if (!isGap.IsAllowed)
        {
            return Problems.Of(isGap);
        }

        var (verdict, file) = await StoreAsync(statement, compact, governed, cancellation);
        if (!verdict.IsAllowed)
        {
            return Problems.Of(verdict);
        }

        var view = UpkeepView.Of(file, governed, time.GetUtcNow());
        return view.Signatures >= view.Needed ? Replies.Ok(view) : Replies.Accepted(view);
    }

    private async Task<(Verdict Verdict, UpkeepFile File)> StoreAsync(MaintenanceStatement statement, string compact, Governed governed, CancellationToken cancellation)
    {
        var order = statement.ToOrder();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var stored = await orders.LoadAsync(order.Id(), cancellation);
            var file = stored?.File ?? UpkeepFile.Of(order, time.GetUtcNow());
            if (file.HasEnded())
            {
                return (Verdict.Refused(RefusalCode.TooLate, "This very order has ended; another fee or reference makes another order."), file);
            }

            if (file.Statements.Contains(compact, StringComparer.Ordinal))
            {
                return (Verdict.Refused(RefusalCode.DuplicateSignature, $"The operator '{statement.OperatorId}' posted the same before."), file);
            }

            // The newest of each operator: one that expired is replaced by who signs again.
            var others = file.Statements.Where(s => UpkeepStatementRule.Verify(s, governed, time.GetUtcNow()).Statement is { } other && other.OperatorId != statement.OperatorId);
            file = file with { Statements = [.. others, compact] };
            if (await orders.SaveAsync(file, stored?.Version, cancellation) == CommitOutcome.Committed)
            {
                await trail.AppendAsync(
                    file.Id,
                    [new AuditEvent(UpkeepText.Of(order.Kind()), "signed", statement.OperatorId, Detail: $"{UpkeepText.Of(order)}: {statement.Reason}", Digest: order.Intent(governed)?.Digest())],
                    cancellation);
                return (Verdict.Allowed, file);
            }
        }

        throw new InvalidOperationException("The order's file was changed by others again and again.");
    }
}
