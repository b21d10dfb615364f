using System.Globalization;
using System.Text.Json.Nodes;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Documents;

/// <summary>Writes and signs the versions of governance after the one in force.</summary>
internal sealed class GovernanceDrafts(World world)
{
    /// <summary>
    /// The next version: the one in force with members changed by JSON pointer (null removes), then by <paramref name="change"/>,
    /// with <paramref name="newGovernors"/> in the place of the old ones where there are any, and signed by whoever.
    /// </summary>
    public async Task<SignedDocument> NextAsync(
        JsonObject edit, bool risk, IReadOnlyList<string> signers, CancellationToken cancellation, Action<JsonObject>? change = null, IReadOnlyList<string>? newGovernors = null)
    {
        var stops = await StopLines.ReadAsync(world.Storage, cancellation);
        var stored = await world.Storage.Custody.Facts.ReadAsync(FactKind.Governance, FactId.Governance(stops.GovernanceVersion, stops.GovernanceDigest), cancellation)
            ?? throw new ScenarioException("the governance in force is not in storage");
        var document = JsonNode.Parse(stored.PayloadBytes())!.AsObject();
        document["version"] = stops.GovernanceVersion + 1;
        document["previous"] = stops.GovernanceDigest;
        document["createdAt"] = InstantJsonConverter.Format(world.Now);
        document.Remove("risk");
        if (risk)
        {
            document["risk"] = new JsonObject { ["reference"] = "risk/scenario", ["digest"] = new string('a', 64) };
        }

        foreach (var (pointer, value) in edit)
        {
            Set(document, pointer, value?.DeepClone());
        }

        change?.Invoke(document);
        if (newGovernors is { Count: > 0 } newcomers)
        {
            document["governors"] = JsonNode.Parse(CanonicalJson.Serialize(new GovernorSet([.. newcomers.Select(NewGovernor)], newcomers.Count)));
        }

        var payload = CanonicalJson.Canonicalize(document);
        var signatures = new List<string>();
        foreach (var signer in signers)
        {
            IDocumentSigner key = newGovernors?.Contains(signer) == true ? world.Newcomer(signer) : world.People.Signer(signer);
            signatures.Add(await Jws.SignAsync(key, DocumentType.Governance, payload, world.Now, detached: true, cancellation));
        }

        return SignedDocument.Of(payload, signatures);
    }

    private Governor NewGovernor(string who)
    {
        var key = world.Newcomer(who);
        return new Governor(who, RegisteredKey.From(key.KeyId, key.Algorithm, key.PublicKey), ResponsibleOfficer: true);
    }

    /// <summary>The digest of a version that a step made.</summary>
    public static string DigestOf(SignedDocument document) => DomainDigest.Hex(GovernanceDocument.Domain, document.PayloadBytes());

    /// <summary>Changes a member by JSON pointer; null removes it, an index of - adds.</summary>
    public static void Set(JsonNode document, string pointer, JsonNode? value)
    {
        var names = pointer.TrimStart('/').Split('/');
        var place = document;
        foreach (var name in names[..^1])
        {
            place = (place is JsonArray list ? list[Index(name)] : place[name]) ?? throw new ScenarioException($"the document has no '{pointer}'");
        }

        switch (place)
        {
            case JsonArray list when names[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list when value is null:
                list.RemoveAt(Index(names[^1]));
                break;
            case JsonArray list:
                list[Index(names[^1])] = value;
                break;
            case JsonObject item when value is null:
                item.Remove(names[^1]);
                break;
            default:
                place[names[^1]] = value;
                break;
        }
    }

    private static int Index(string name) => int.Parse(name, CultureInfo.InvariantCulture);
}
