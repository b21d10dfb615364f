using System.Text.Json.Nodes;
using Custody.Core.Encoding;

namespace Custody.Core.Governance.Change;

/// <summary>
/// Compares two governance documents member by member, as canonical JSON and not as records: a member that somebody adds to
/// the shape later is compared, and weakens, without anybody remembering to say so here.
/// </summary>
public static class GovernanceDiff
{
    // What each list's elements are known by. A list that is missing here is compared as one value.
    private static readonly Dictionary<string, string[]> Identities = new(StringComparer.Ordinal)
    {
        ["governors.members"] = ["id"],
        ["clients"] = ["id"],
        ["clients[].keys"] = ["keyId"],
        ["approvers"] = ["id"],
        ["approvers[].devices"] = ["id"],
        ["operators"] = ["id"],
        ["operators[].keys"] = ["keyId"],
        ["vaults"] = ["id"],
        ["chains"] = ["id"],
        ["assets"] = ["id"],
        ["rules"] = ["id"],
        ["limits"] = ["scope", "asset"],
        ["prices.sources"] = ["id"],
        ["screening.lists"] = ["source"],
        ["screening.patterns"] = ["asset"],
    };

    // What every version changes, and what changes nothing that is allowed.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { "version", "previous", "createdAt", "risk" };

    // The first rule that matches decides, so their order is a rule of its own.
    private static readonly HashSet<string> Ordered = new(StringComparer.Ordinal) { "rules" };

    /// <summary>The differences, classified.</summary>
    public static ChangeSet Between(GovernanceDocument before, GovernanceDocument after)
    {
        var changes = new List<GovernanceChange>();
        Members("", Node(before), Node(after), changes);
        return new ChangeSet([.. changes.Select(c => c with { Direction = Tightening.DirectionOf(c, before, after) })]);
    }

    private static JsonObject Node(GovernanceDocument document) => JsonNode.Parse(CanonicalJson.Serialize(document))!.AsObject();

    private static void Members(string path, JsonObject before, JsonObject after, List<GovernanceChange> changes)
    {
        foreach (var name in before.Select(m => m.Key).Union(after.Select(m => m.Key)).Where(n => path.Length > 0 || !Ignored.Contains(n)))
        {
            Values(path.Length == 0 ? name : $"{path}.{name}", before[name], after[name], changes);
        }
    }

    private static void Values(string path, JsonNode? before, JsonNode? after, List<GovernanceChange> changes)
    {
        if (Text(before) == Text(after))
        {
            return;
        }

        switch (before, after)
        {
            case (JsonObject one, JsonObject other):
                Members(path, one, other, changes);
                break;
            case (JsonArray one, JsonArray other) when Keyed(path, one) is { } old && Keyed(path, other) is { } now:
                Elements(path, old, now, changes);
                break;
            default:
                var kind = before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed;
                changes.Add(new GovernanceChange(path, kind, Text(before), Text(after), default));
                break;
        }
    }

    private static void Elements(string path, List<KeyValuePair<string, JsonNode?>> before, List<KeyValuePair<string, JsonNode?>> after, List<GovernanceChange> changes)
    {
        var (old, now) = (before.ToDictionary(StringComparer.Ordinal), after.ToDictionary(StringComparer.Ordinal));
        foreach (var key in before.Select(e => e.Key).Union(after.Select(e => e.Key)))
        {
            Values($"{path}[{key}]", old.GetValueOrDefault(key), now.GetValueOrDefault(key), changes);
        }

        if (Ordered.Contains(path))
        {
            var (order, reorder) = (before.Select(e => e.Key).Where(now.ContainsKey).ToList(), after.Select(e => e.Key).Where(old.ContainsKey).ToList());
            changes.AddRange(order.Where((key, i) => reorder[i] != key).Select(key => new GovernanceChange($"{path}[{key}]", ChangeKind.Moved, null, null, default)));
        }
    }

    // Null when the elements have no identity, or one occurs twice: the list is then one value.
    private static List<KeyValuePair<string, JsonNode?>>? Keyed(string path, JsonArray array)
    {
        var pattern = new GovernanceChange(path, ChangeKind.Changed, null, null, default).Pattern;
        var keyed = array.Select(e => new KeyValuePair<string, JsonNode?>(KeyOf(pattern, e) ?? "", e)).ToList();
        return keyed.All(e => e.Key.Length > 0) && keyed.DistinctBy(e => e.Key, StringComparer.Ordinal).Count() == keyed.Count ? keyed : null;
    }

    private static string? KeyOf(string pattern, JsonNode? element) => element switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonObject item when Identities.TryGetValue(pattern, out var names) && names.All(item.ContainsKey) => string.Join(' ', names.Select(n => item[n]!.ToString())),
        _ => null,
    };

    private static string? Text(JsonNode? node) => node is null ? null : System.Text.Encoding.UTF8.GetString(CanonicalJson.Canonicalize(node));
}
