using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Core.Intents;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Posts a withdrawal request.</summary>
internal sealed record SubmitStep : HttpStep
{
    /// <summary>What later steps call the withdrawal.</summary>
    public required string As { get; init; }

    /// <summary>The exchange that calls.</summary>
    public string Who { get; init; } = "exchange-a";

    /// <summary>Members of the request that differ from the usual ones; null removes one.</summary>
    public JsonObject? Request { get; init; }

    /// <summary>The body as it is, in place of a request.</summary>
    public string? Body { get; init; }

    /// <summary>How the request's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var request = Merge.Over(
            new JsonObject
            {
                ["clientId"] = Who,
                ["customerId"] = "customer-1",
                ["requestId"] = $"request-{As}",
                ["asset"] = "eip155:31337/slip44:60",
                ["amount"] = "1000000000000000000",
                ["whitelistEntryId"] = "entry-1",
                ["issuedAt"] = At(world.Now),
                ["expiresAt"] = At(world.Now + TimeSpan.FromHours(2)),
            },
            Request);
        if (Body is null && request["clientId"] is JsonValue client && request["requestId"] is JsonValue id)
        {
            world.Withdrawals[As] = WithdrawalId.Derive(client.ToString(), id.ToString());
        }

        // Indented: what is signed is the exact bytes, not a canonical form of them.
        var body = System.Text.Encoding.UTF8.GetBytes(Body ?? request.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        var signature = Sign is { Omit: true } ? null : await JwsMaker.MakeAsync(
            world.People.Signer(Sign?.By ?? Who), "custody-request+jws", body, world.Now, detached: true, Sign, cancellation);
        return await world.Api.SendAsync(HttpMethod.Post, "withdrawals", Who, Token, body, "application/json", signature, cancellation);
    }

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
