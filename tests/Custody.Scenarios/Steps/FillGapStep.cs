using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>One operator orders that a nonce which nothing takes is filled.</summary>
internal sealed record FillGapStep : HttpStep
{
    /// <summary>The nonce of the vault's account.</summary>
    public required int Nonce { get; init; }

    public required string Who { get; init; }

    /// <summary>What the fill's id is called from here on.</summary>
    public string? As { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var answer = await world.Api.PostSignedAsync(
            "maintenance/gap-fills", await new Statements(world).GapFillAsync(Nonce, Who, Statement, Sign, cancellation), Who, Token, cancellation);
        if (As is not null && answer["id"] is { } id)
        {
            world.Variables.Set(As, id);
        }

        return answer;
    }
}
