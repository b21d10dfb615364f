using System.Text.Json;

namespace Custody.Cli.Api;

/// <summary>An answer that came.</summary>
internal sealed record AnsweredBody(int Status, JsonElement Body)
{
    /// <summary>A member's text or number as text; null when it is absent.</summary>
    public string? Text(string name) => Text(Body, name);

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        }
        : null;

    /// <summary>The items of a list; empty when there are none.</summary>
    public IReadOnlyList<JsonElement> Items(string name = "items") =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : [];
}
