using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An approver takes their vote back.</summary>
internal sealed record WithdrawVoteStep : HttpStep
{
    public required string Withdrawal { get; init; }

    public required string Who { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        $"withdrawals/{world.Id(Withdrawal)}/approvals/withdraw",
        await new Statements(world).VoteWithdrawalAsync(Withdrawal, Who, Statement, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
