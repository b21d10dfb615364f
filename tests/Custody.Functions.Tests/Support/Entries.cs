using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Support;

/// <summary>What tests do with whitelist entries.</summary>
internal static class Entries
{
    /// <summary>An address that nobody had before.</summary>
    public static string NewAddress() => new EvmAddress(RandomNumberGenerator.GetBytes(20)).ToString();

    public static WhitelistEntry New(string? address = null, string client = "exchange-a") => new(
        1, $"entry-{Guid.NewGuid():N}", client, client == "exchange-a" ? "customer-1" : $"customer-of-{client}", ChainId.Parse("eip155:31337"),
        address ?? NewAddress(), null, "A new wallet", Journeys.Now);

    public static Task<ApiAnswer> ProposeAsync(this RunningSystem system, WhitelistEntry entry, string? who = null) =>
        system.Api.PostAsync("api/v1/whitelist", who ?? entry.ClientId, DocumentType.WhitelistEntry, entry);

    public static async Task<ApiAnswer> SignEntryAsync(this RunningSystem system, WhitelistEntry entry, string approver) => await system.Api.PostCompactAsync(
        $"api/v1/whitelist/{entry.EntryId}/approvals", approver,
        await system.Api.SignRequestAsync(CanonicalJson.Serialize(entry), approver, DocumentType.WhitelistEntry));

    public static Task<ApiAnswer> SayAsync(
        this RunningSystem system, WhitelistEntry entry, string path, WhitelistAction action, string who, long? suspension = null) => system.Api.PostAsync(
        $"api/v1/whitelist/{entry.EntryId}/{path}",
        who,
        DocumentType.WhitelistStatement,
        new WhitelistStatement(
            1, entry.EntryId, entry.Digest(), action, who, "a test", Journeys.Now, Journeys.Now + TimeSpan.FromMinutes(10),
            system.System.Plan.Approvers.Any(a => a.Id == who) ? $"{who}-1" : null, suspension));

    /// <summary>Proposed and signed by two: active, since the local plan has no cooling-off.</summary>
    public static async Task<WhitelistEntry> ActiveAsync(this RunningSystem system, WhitelistEntry? entry = null)
    {
        entry ??= New();
        Assert.Equal(202, (await system.ProposeAsync(entry)).Status);
        Assert.Equal(200, (await system.SignEntryAsync(entry, "alice")).Status);
        Assert.Equal(200, (await system.SignEntryAsync(entry, "bob")).Status);
        await system.WaitForEntryAsync(entry, "active");
        return entry;
    }

    public static async Task<JsonNode> WaitForEntryAsync(this RunningSystem system, WhitelistEntry entry, string status)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var shown = await system.Api.GetAsync($"api/v1/whitelist/{entry.EntryId}", "olivia");
            if ((string?)shown.Body["status"] == status)
            {
                return shown.Body;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException($"{entry.EntryId} did not become {status}: {(await system.Api.GetAsync($"api/v1/whitelist/{entry.EntryId}", "olivia")).Body}");
    }
}
