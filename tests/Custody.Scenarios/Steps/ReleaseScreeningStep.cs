using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>One operator signs that what screening found may be paid all the same.</summary>
internal sealed record ReleaseScreeningStep : HttpStep
{
    public required string Withdrawal { get; init; }

    /// <summary>The operator.</summary>
    public required string Who { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        $"withdrawals/{world.Id(Withdrawal)}/screening-release",
        await new Statements(world).ScreeningReleaseAsync(Withdrawal, Who, Statement, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
