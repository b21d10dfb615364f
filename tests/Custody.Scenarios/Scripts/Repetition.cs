using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Custody.Scenarios.Scripts;

/// <summary>A step with <c>"each": 50</c> stands for fifty, in which <c>{{n}}</c> is 1 to 50.</summary>
internal static class Repetition
{
    private const string Member = "each";
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

        var once = (JsonObject)step.DeepClone();
        once.Remove(Member);
        var text = once.ToJsonString();
        return text.Contains("{{n}}", StringComparison.Ordinal)
            ? Enumerable.Range(1, times).Select(n => (JsonObject)JsonNode.Parse(text.Replace("{{n}}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))!)
            : throw new JsonException($"A step with '{Member}' says where {{{{n}}}} goes.");
    }
}
