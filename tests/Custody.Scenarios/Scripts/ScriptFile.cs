using System.Text.Json.Nodes;

namespace Custody.Scenarios.Scripts;

/// <summary>A script as its file has it.</summary>
/// <param name="Why">What it shows, in a sentence.</param>
/// <param name="Steps">Its steps, in order.</param>
/// <param name="System">The system that it finds: absent for the usual one, <c>coolingOff</c> for the one whose whitelist entries cool off.</param>
/// <param name="Nodes">How many providers of the chain the app is given, each a node double of its own in front of the same real node.</param>
internal sealed record ScriptFile(string Why, IReadOnlyList<JsonObject> Steps, string? System = null, int Nodes = 1);
