using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A source posts a price of one ether.</summary>
internal sealed record PriceStep : HttpStep
{
    /// <summary>In cents of the reference currency.</summary>
    public required string Value { get; init; }

    public string Who { get; init; } = "feed";

    /// <summary>Members of the price that differ from the usual ones.</summary>
    public JsonObject? Price { get; init; }

    /// <summary>How the price's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        "prices",
        await new Statements(world).PriceAsync(Value, Who, Price, Sign, cancellation),
        Who,
        Token,
        cancellation);
}
