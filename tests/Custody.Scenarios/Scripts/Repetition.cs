using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Custody.Scenarios.Scripts;

/// <summary>A step with <c>"each": 50</c> stands for fifty, in which <c>{{n}}</c> is 1 to 50; with <c>"from": 26</c> for those from 26 on.</summary>
internal static class Repetition
{
    private const string Member = "each";
    private const string FirstMember = "from";
    private const int Most = 200;

    /// <summary>The steps written out. Throws <see cref="JsonException"/> for a number that is none, or a repeated step without <c>{{n}}</c>.</summary>
    public static IReadOnlyList<JsonObject> WrittenOut(IEnumerable<JsonObject> steps) => [.. steps.SelectMany(WrittenOut)];

    private static IEnumerable<JsonObject> WrittenOut(JsonObject step)
    {
        if (!step.TryGetPropertyValue(Member, out var count))
        {
            return [step];
        }

        if (count is not JsonValue value || !value.TryGetValue<int>(out var times) || times is < 1 or > Most)
        {
            throw new JsonException($"'{Member}' is a number from 1 to {Most}.");
        }

        var first = 1;
        if (step.TryGetPropertyValue(FirstMember, out var from) && (from is not JsonValue number || !number.TryGetValue(out first) || first < 1 || first > times))
        {
            throw new JsonException($"'{FirstMember}' is a number from 1 to that of '{Member}'.");
        }

        var once = (JsonObject)step.DeepClone();
        once.Remove(Member);
        once.Remove(FirstMember);
        var text = once.ToJsonString();
        return text.Contains("{{n}}", StringComparison.Ordinal)
            ? Enumerable.Range(first, times - first + 1).Select(n => (JsonObject)JsonNode.Parse(text.Replace("{{n}}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))!)
            : throw new JsonException($"A step with '{Member}' says where {{{{n}}}} goes.");
    }
}
