using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>The client cancels.</summary>
internal sealed record CancelStep : HttpStep
{
    public required string Withdrawal { get; init; }

    public string Who { get; init; } = "exchange-a";

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        $"withdrawals/{world.Id(Withdrawal)}/cancellation",
        await new Statements(world).CancellationAsync(Withdrawal, Who, Statement, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
