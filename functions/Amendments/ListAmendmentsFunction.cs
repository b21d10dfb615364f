using Custody.Core.Callers;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Http;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Amendments;

/// <summary>GET /withdrawals/{id}/amendments: the fee bumps and cancels of the attempt that the withdrawal is in.</summary>
public sealed class ListAmendmentsFunction(IWithdrawalStore store, AmendmentReader reader)
{
    /// <summary>Handles the call.</summary>
    [Function("ListAmendments")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals/{id}/amendments")] HttpRequest request, string id, CancellationToken cancellation) =>
        !WithdrawalId.IsValid(id) || CaseAccess.For(request.HttpContext.GetCaller(), await store.LoadAsync(id, cancellation)) is not { } file
            ? Problems.Of(RefusalCode.NotFound, "There is no such withdrawal for this caller.")
            : Replies.Ok(new { items = (await reader.ReadAsync(file, request.HttpContext.GetGovernance(), cancellation)).Select(AmendmentView.Of).Where(v => v is not null).ToList() });
}
