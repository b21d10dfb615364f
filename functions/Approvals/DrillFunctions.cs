using Custody.Core.Approvals;
using Custody.Core.Callers;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Http;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Approvals;

/// <summary>POST and GET /drills: an operator tries whether approvers read before they sign.</summary>
public sealed class DrillFunctions(IWithdrawalStore store, IStopJournal stops, TimeProvider time)
{
    /// <summary>Issues a drill. Its id is in the stop journal before it is shown to anybody, so nothing is ever signed under it.</summary>
    [Function("IssueDrill")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> IssueAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/drills")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-drill+jws.");
        }

        var reading = DrillRule.Verify(compact, request.HttpContext.GetGovernance().Governed, time.GetUtcNow());
        if (reading.Statement is not { } drill)
        {
            return Problems.Of(reading.Verdict);
        }

        if (await store.LoadAsync(drill.WithdrawalId, cancellation) is not { } basis || basis.Intent(1) is not { } intent)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal, or it has no intent to look like.");
        }

        var id = drill.DrillId();
        await stops.AppendAsync(
            head => head.View.DrillOf(id) is null
                ? new StopFact(StopKind.DrillIssued, id, $"A drill that looks like {drill.WithdrawalId}.", 1, DrillRule.Plant(intent, drill).Digest(), [compact])
                : null,
            cancellation);
        return Replies.Ok(new { id, expiresAt = drill.ExpiresAt });
    }

    /// <summary>The drills and how each approver answered; who did not answer is listed too.</summary>
    [Function("ListDrills")]
    [Callers(CallerKind.Operator)]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/drills")] HttpRequest request, CancellationToken cancellation)
    {
        var inForce = request.HttpContext.GetGovernance();
        var items = inForce.Stops.Drills.Values.OrderByDescending(d => d.Sequence).Select(d =>
        {
            var statement = DrillRule.StatementOf(d);
            return new
            {
                id = d.Subject,
                withdrawalId = statement?.WithdrawalId,
                mismatch = statement?.Mismatch,
                issuedBy = statement?.OperatorId,
                issuedAt = d.At,
                expiresAt = statement?.ExpiresAt,
                answers = inForce.Governed.Document.Approvers
                    .Select(a => (Approver: a.Id, Line: inForce.Stops.DrillAnswers.GetValueOrDefault(VoteSubject.Of(d.Subject, a.Id))))
                    .Select(a => new { approver = a.Approver, result = a.Line?.Code ?? "unanswered", at = a.Line?.At })
                    .ToList(),
            };
        });
        return Task.FromResult(Replies.Ok(new { items = items.ToList() }));
    }
}
