using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>One operator signs the end of a device's suspension.</summary>
internal sealed record ReinstateStep : HttpStep
{
    /// <summary>The approver whose device it is.</summary>
    public required string Approver { get; init; }

    public required string Who { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        "devices/reinstatements",
        await new Statements(world).ReinstatementAsync(Approver, Who, Statement, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
