using System.Text.Json.Nodes;

namespace Custody.Scenarios.Scripts;

/// <summary>A script as its file has it.</summary>
/// <param name="Why">What it shows, in a sentence.</param>
/// <param name="Steps">Its steps, in order.</param>
internal sealed record ScriptFile(string Why, IReadOnlyList<JsonObject> Steps);
