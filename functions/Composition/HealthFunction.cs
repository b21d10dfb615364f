using Custody.Core.Callers;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Composition;

/// <summary>GET /health: whether the app can authorise anything. It says no more than that to a stranger.</summary>
public sealed class HealthFunction(GovernanceSource governance)
{
    /// <summary>Handles the call.</summary>
    [Function("Health")]
    [Callers(CallerKind.PublicHealth)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/health")] HttpRequest request, CancellationToken cancellation) =>
        await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce
            ? Replies.Ok(new { status = "ok" })
            : Results.Json(new { status = "refusing" }, Replies.Json, statusCode: StatusCodes.Status503ServiceUnavailable);
}
