using System.Text.Json.Nodes;

namespace Custody.Testing.App;

/// <summary>An answer of the API.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON body; empty when there is none.</param>
/// <param name="MediaType">The body's media type.</param>
public sealed record ApiAnswer(int Status, JsonNode Body, string? MediaType)
{
    /// <summary>The refusal's code; null when it is none.</summary>
    public string? Code => (string?)Body["code"];

    /// <summary>The withdrawal's id.</summary>
    public string Id => (string)Body["id"]!;
}
