using System.Globalization;
using System.Text.Json.Nodes;
using Custody.Core.Encoding;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A client proposes a whitelist entry.</summary>
internal sealed record WhitelistProposeStep : HttpStep
{
    /// <summary>What later steps call the entry; its id is <c>entry-</c> and this.</summary>
    public required string As { get; init; }

    /// <summary>The exchange that calls.</summary>
    public string Who { get; init; } = "exchange-a";

    /// <summary>Members of the entry that differ from the usual ones; null removes one.</summary>
    public JsonObject? Entry { get; init; }

    /// <summary>How the proposal's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var entry = Merge.Over(
            new JsonObject
            {
                ["version"] = 1,
                ["entryId"] = $"entry-{As}",
                ["clientId"] = Who,
                ["customerId"] = "customer-1",
                ["chain"] = "eip155:31337",
                ["address"] = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                ["label"] = "A new wallet",
                ["createdAt"] = world.Now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
            Entry);
        var payload = CanonicalJson.Canonicalize(entry);
        if (entry["entryId"] is JsonValue id)
        {
            world.Entries[As] = new KnownEntry(id.ToString(), payload);
        }

        var compact = await JwsMaker.MakeAsync(world.People.Signer(Sign?.By ?? Who), "custody-whitelist-entry+jws", payload, world.Now, detached: false, Sign, cancellation);
        return await world.Api.PostSignedAsync("whitelist", compact, Who, Token, cancellation);
    }
}
