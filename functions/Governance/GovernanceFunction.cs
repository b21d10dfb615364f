using Custody.Core.Callers;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Governance;

/// <summary>GET /governance: the signed document in force.</summary>
public sealed class GovernanceFunction(GovernanceSource governance)
{
    /// <summary>Handles the call.</summary>
    [Function("ShowGovernance")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/governance")] HttpRequest request, CancellationToken cancellation) =>
        await governance.ReadAsync(cancellation) switch
        {
            GovernanceSnapshot.InForce inForce => Replies.Ok(inForce.Stored),
            GovernanceSnapshot.Refused refused => Problems.Of(refused.Code, refused.Detail),
            _ => Problems.Of(default(Core.Results.Verdict)),
        };
}
