using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An operator proposes a higher fee for a signed payment.</summary>
internal sealed record BumpFeeStep : HttpStep
{
    public required string Withdrawal { get; init; }

    public string Who { get; init; } = "olivia";

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        $"withdrawals/{world.Id(Withdrawal)}/fee-bumps", await new Statements(world).FeeBumpAsync(Withdrawal, Who, Statement, Sign, cancellation), Who, Token, cancellation);
}
