namespace Custody.Cli.Initialisation;

/// <summary>The settings as the Functions host reads them from <c>local.settings.json</c>.</summary>
/// <param name="IsEncrypted">Always false.</param>
/// <param name="Values">Flat names and values.</param>
internal sealed record SettingsFile(
    [property: System.Text.Json.Serialization.JsonPropertyName("IsEncrypted")] bool IsEncrypted,
    [property: System.Text.Json.Serialization.JsonPropertyName("Values")] IReadOnlyDictionary<string, string> Values);
