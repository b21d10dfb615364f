using System.Text.Json;
using Custody.Core.Governance;

namespace Custody.Cli.Commands;

/// <summary>A browser's answer to navigator.credentials.create, as its toJSON writes it (WebAuthn Level 3 §5.1: RegistrationResponseJSON).</summary>
internal static class RegistrationFile
{
    /// <summary>The evidence in it; null when it is no such answer.</summary>
    public static WebAuthnCredential? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object
                && Text(root, "id") is { } id && Text(response, "clientDataJSON") is { } clientData && Text(response, "attestationObject") is { } attestation
                    ? new WebAuthnCredential(id, clientData, attestation)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
