using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>One operator signs a thaw.</summary>
internal sealed record ThawStep : HttpStep
{
    /// <summary>platform, vault/ID or client/ID.</summary>
    public required string Scope { get; init; }

    public required string Who { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        "thaws",
        await new Statements(world).ThawAsync(Scope, Who, Statement, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
