using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A person's statement about a whitelist entry.</summary>
internal sealed record WhitelistSayStep : HttpStep
{
    public required string Entry { get; init; }

    public required string Who { get; init; }

    /// <summary>suspend, tombstone, reject or reinstate.</summary>
    public required string Action { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    public override string? Problem() =>
        Action is not ("suspend" or "tombstone" or "reject" or "reinstate") ? $"Nobody can {Action} an entry." : base.Problem();

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var entry = await world.EntryAsync(Entry, cancellation);
        return await world.Api.PostSignedAsync(
            $"whitelist/{entry.Id}/{Action}", await new Statements(world).WhitelistAsync(entry, Action, Who, Statement, Sign, cancellation), Who, Token, cancellation);
    }
}
