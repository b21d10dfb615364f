using System.Text.Json;
using System.Text.RegularExpressions;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// The code in an error answer, {"error":{"code":…,"innererror":{"code":…}}}. The message beside it is left out: it may quote
/// what was sent.
/// </summary>
internal static partial class HsmErrorCode
{
    /// <summary>The innermost code, in the form that a detail ends in; nothing when there is none that is a mere word.</summary>
    public static string Of(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return Member(answer.RootElement, "error") is { } error && (Code(Member(error, "innererror")) ?? Code(error)) is { } code ? $" ({code})" : "";
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no UTF-8, which parses but cannot be read.
            return "";
        }
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Code(JsonElement? error) =>
        error is { } found && Member(found, "code") is { ValueKind: JsonValueKind.String } code && Word().IsMatch(code.GetString()!) ? code.GetString() : null;

    [GeneratedRegex(@"\A[A-Za-z]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
