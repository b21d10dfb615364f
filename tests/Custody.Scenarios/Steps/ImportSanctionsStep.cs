using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An operator imports a sanctions list.</summary>
internal sealed record ImportSanctionsStep : HttpStep
{
    /// <summary>The operator.</summary>
    public string Who { get; init; } = "olivia";

    /// <summary>The addresses of the list, whole.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Members of the list that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the list's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        "sanctions", await new Statements(world).SanctionsListAsync(Addresses, Who, Statement, Sign), Who, Token, cancellation);
}
