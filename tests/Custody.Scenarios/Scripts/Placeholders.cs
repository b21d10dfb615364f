using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Custody.Scenarios.Scripts;

/// <summary>Fills <c>{{name}}</c> in every string of a step, at any depth. Member names stay as they are.</summary>
internal static partial class Placeholders
{
    public static async Task<JsonNode?> FillAsync(JsonNode? node, IVariables variables, CancellationToken cancellation)
    {
        switch (node)
        {
            case JsonObject members:
                var filled = new JsonObject();
                foreach (var (name, value) in members)
                {
                    filled[name] = await FillAsync(value, variables, cancellation);
                }

                return filled;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                {
                    list.Add(await FillAsync(item, variables, cancellation));
                }

                return list;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return JsonValue.Create(await FillAsync(value.GetValue<string>(), variables, cancellation));
            default:
                return node?.DeepClone();
        }
    }

    private static async Task<string> FillAsync(string text, IVariables variables, CancellationToken cancellation)
    {
        foreach (var name in Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal))
        {
            text = text.Replace("{{" + name + "}}", await variables.ValueAsync(name, cancellation), StringComparison.Ordinal);
        }

        return text;
    }

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Placeholder();
}
