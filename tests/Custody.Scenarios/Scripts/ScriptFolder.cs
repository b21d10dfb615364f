using System.Text.Json;

namespace Custody.Scenarios.Scripts;

/// <summary>The scripts of a folder: its *.json files, named by their files.</summary>
internal static class ScriptFolder
{
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Directory.GetFiles(folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>Reads a script strictly: what is unknown in it is an error, before anything is played.</summary>
    public static Script Read(string folder, string name)
    {
        try
        {
            return Script.Parse(name, File.ReadAllBytes(Path.Combine(folder, name + ".json")));
        }
        catch (JsonException malformed)
        {
            throw new ScenarioException($"the script is malformed: {malformed.Message}", malformed);
        }
    }
}
