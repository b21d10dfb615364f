using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An approver votes on the newest fee bump or cancel of a withdrawal.</summary>
internal sealed record VoteAmendmentStep : HttpStep
{
    public required string Withdrawal { get; init; }

    public required string Who { get; init; }

    /// <summary><c>approve</c> or <c>reject</c>.</summary>
    public string Decision { get; init; } = "approve";

    /// <summary>What the posted vote is called from here on.</summary>
    public string? As { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var compact = await new Statements(world).AmendmentVoteAsync(Withdrawal, Decision, Who, Statement, Sign, cancellation);
        if (As is not null)
        {
            world.Variables.Set(As, compact);
        }

        return await world.Api.PostSignedAsync($"withdrawals/{world.Id(Withdrawal)}/approvals", compact, Who, Token, cancellation);
    }
}
