using Custody.Core.Callers;
using Custody.Core.Results;
using Custody.Functions.Http;
using Custody.Functions.Withdrawals;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Approvals;

/// <summary>GET /withdrawals/{id}/bundle: everything that an approver's device verifies for itself before it shows and signs an intent.</summary>
public sealed class BundleFunction(BundleReader bundles)
{
    /// <summary>Handles the call.</summary>
    [Function("ShowBundle")]
    [Callers(CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals/{id}/bundle")] HttpRequest request, string id, CancellationToken cancellation) =>
        await bundles.ReadAsync(id, request.HttpContext.GetGovernance(), cancellation) switch
        {
            null => Problems.Of(RefusalCode.NotFound, "There is no such withdrawal."),
            { Intent: null } bundle => Problems.Of(RefusalCode.NotAwaitingApproval, $"The withdrawal is {StatusText.Of(bundle.Status)}; there is no intent to read."),
            var bundle => Replies.Ok(bundle),
        };
}
