using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Functions.Audit;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Governance;

/// <summary>POST /governance/vetoes: any single governor stops a proposed version while it is not in force.</summary>
public sealed class VetoFunction(GovernanceChanger changer, GovernanceStarter starter, DoorAudit door, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("VetoGovernance")]
    [Callers(CallerKind.Governor)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/governance/vetoes")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller().Id;
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return await RefuseAsync(Verdict.Refused(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-governance-veto+jws."), caller, cancellation);
        }

        var inForce = request.HttpContext.GetGovernance();
        var (verdict, veto) = VetoRule.Verify(compact, inForce.Governed, inForce.Stops, time.GetUtcNow());
        if (veto is null)
        {
            return await RefuseAsync(verdict, caller, cancellation);
        }

        if (!await changer.VetoAsync(veto, compact, cancellation))
        {
            return await RefuseAsync(Verdict.Refused(RefusalCode.TooLate, $"Governance version {veto.GovernanceVersion} came into force first."), caller, cancellation);
        }

        await starter.EnsureAsync(client, veto.GovernanceVersion, veto.GovernanceDigest, cancellation);
        return Replies.Ok(new { version = veto.GovernanceVersion, digest = veto.GovernanceDigest, vetoedBy = veto.GovernorId });
    }

    private async Task<IResult> RefuseAsync(Verdict verdict, string caller, CancellationToken cancellation)
    {
        await door.RefusedAsync("VetoGovernance", verdict, caller, cancellation);
        return Problems.Of(verdict);
    }
}
