using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>One operator orders that the vault sends the second one coin for its gas.</summary>
internal sealed record FundGasStep : HttpStep
{
    public required string Who { get; init; }

    /// <summary>Base units; a tenth of an ether unless it says otherwise.</summary>
    public string Amount { get; init; } = "100000000000000000";

    /// <summary>What the order's id is called from here on.</summary>
    public string? As { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>Members of its funding that differ from the usual ones.</summary>
    public JsonObject? Funding { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var answer = await world.Api.PostSignedAsync(
            "maintenance/gas-fundings", await new Statements(world).GasFundingAsync(Amount, Who, Statement, Funding, Sign, cancellation), Who, Token, cancellation);
        if (As is not null && answer["id"] is { } id)
        {
            world.Variables.Set(As, id);
        }

        return answer;
    }
}
