using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An operator records a video call.</summary>
internal sealed record ConfirmVideoStep : HttpStep
{
    public required string Withdrawal { get; init; }

    public string Who { get; init; } = "olivia";

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        $"withdrawals/{world.Id(Withdrawal)}/video-confirmations",
        await new Statements(world).VideoAsync(Withdrawal, Who, Statement, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
