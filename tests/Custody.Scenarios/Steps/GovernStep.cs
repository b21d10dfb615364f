using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Posts the next version of governance.</summary>
internal sealed record GovernStep : HttpStep
{
    /// <summary>What it is called in the script; its digest becomes the variable of that name.</summary>
    public required string As { get; init; }

    /// <summary>What it changes: JSON pointers and values; null removes, an index of - adds.</summary>
    public required JsonObject Edit { get; init; }

    /// <summary>Whether it names a risk assessment.</summary>
    public bool Risk { get; init; }

    public IReadOnlyList<string> Signers { get; init; } = ["grace", "gordon"];

    /// <summary>Governors whom the version names instead of the old ones, all of whom must sign what follows; they can be signers.</summary>
    public IReadOnlyList<string> NewGovernors { get; init; } = [];

    public string Who { get; init; } = "grace";

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var document = await new GovernanceDrafts(world).NextAsync(Edit, Risk, Signers, cancellation, newGovernors: NewGovernors);
        world.Variables.Set(As, GovernanceDrafts.DigestOf(document));
        return await world.Api.SendAsync(HttpMethod.Post, "governance", Who, Token, document.ToBytes(), "application/json", null, cancellation);
    }
}
