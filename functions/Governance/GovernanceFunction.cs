using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Governance;

/// <summary>GET /governance, /governance/chain and /governance/proposals: who may move what, how it came to be, and what is to come.</summary>
public sealed class GovernanceFunction(GovernanceArchive archive)
{
    private const CallerKind Readers = CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator | CallerKind.Governor;

    /// <summary>The signed document in force.</summary>
    [Function("ShowGovernance")]
    [Callers(Readers)]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/governance")] HttpRequest request, CancellationToken cancellation) =>
        Task.FromResult(Replies.Ok(request.HttpContext.GetGovernance().Stored));

    /// <summary>Every version up to the one in force, oldest first: what a device verifies from its pinned root.</summary>
    [Function("ShowGovernanceChain")]
    [Callers(Readers)]
    public async Task<IResult> ChainAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/governance/chain")] HttpRequest request, CancellationToken cancellation) =>
        Replies.Ok(new GovernanceVersions(await archive.ChainAsync(request.HttpContext.GetGovernance().Governed, cancellation)));

    /// <summary>The proposals of the next version that are open.</summary>
    [Function("ListGovernanceProposals")]
    [Callers(Readers)]
    public async Task<IResult> ProposalsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/governance/proposals")] HttpRequest request, CancellationToken cancellation)
    {
        var stops = request.HttpContext.GetGovernance().Stops;
        var items = new List<ProposalView>();
        foreach (var proposal in stops.OpenProposals)
        {
            if ((await archive.ReadAsync(stops.GovernanceVersion + 1, proposal.Digest!, cancellation)).Reading is GovernanceReading.Verified { Governed: var next })
            {
                items.Add(ProposalView.Of(next, stops));
            }
        }

        return Replies.Ok(new { items });
    }
}
