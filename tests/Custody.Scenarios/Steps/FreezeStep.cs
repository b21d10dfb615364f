using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An operator freezes a scope.</summary>
internal sealed record FreezeStep : HttpStep
{
    /// <summary>platform, vault/ID or client/ID.</summary>
    public required string Scope { get; init; }

    public string Who { get; init; } = "olivia";

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        "freezes",
        await new Statements(world).FreezeAsync(Scope, Who, Statement, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
