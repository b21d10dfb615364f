using System.Text.Json;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>What the browser says that it was asked (WebAuthn Level 3 §5.8.1). Members that the specification may add are left alone; none may stand twice.</summary>
/// <param name="Type">What was done.</param>
/// <param name="Challenge">The challenge, base64url.</param>
/// <param name="Origin">Whose page asked.</param>
/// <param name="CrossOrigin">Whether the page was inside another one's; null when it does not say.</param>
/// <param name="HasTopOrigin">Whether it names another page around it.</param>
public sealed record ClientData(string Type, string Challenge, string Origin, bool? CrossOrigin, bool HasTopOrigin)
{
    private const int Longest = 4096;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Reads clientDataJSON; null when it is not a JSON object with these members.</summary>
    public static ClientData? Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > Longest)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "type") is { } type && Text(root, "challenge") is { } challenge && Text(root, "origin") is { } origin
                ? new ClientData(type, challenge, origin, Bool(root, "crossOrigin"), root.TryGetProperty("topOrigin", out _))
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no UTF-8, or half a surrogate pair, which parses but cannot be read.
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Bool(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
