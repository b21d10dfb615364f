using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A governor vetoes a proposed version.</summary>
internal sealed record VetoStep : HttpStep
{
    /// <summary>The digest.</summary>
    public required string Digest { get; init; }

    public string Who { get; init; } = "gordon";

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        "governance/vetoes", await new Statements(world).VetoAsync(Digest, Who, Statement, Sign, cancellation), Who, Token, cancellation);
}
