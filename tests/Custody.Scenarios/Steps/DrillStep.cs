using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An operator issues a drill that looks like a withdrawal; its id is kept as a variable.</summary>
internal sealed record DrillStep : HttpStep
{
    /// <summary>The variable.</summary>
    public required string As { get; init; }

    public required string Withdrawal { get; init; }

    public string Mismatch { get; init; } = "amount";

    public string Who { get; init; } = "olivia";

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var answer = await world.Api.PostSignedAsync(
            "drills", await new Statements(world).DrillAsync(Withdrawal, Mismatch, Who, Statement, Sign, cancellation), Who, Token, cancellation);
        if (answer.Body?["id"] is { } id)
        {
            world.Variables.Set(As, id.ToString());
        }

        return answer;
    }
}
