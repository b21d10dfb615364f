using Microsoft.Extensions.Configuration;

namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>A JSON file as configuration; comments are allowed, as in the official host.</summary>
internal static class JsonSettings
{
    public static IConfigurationRoot Read(string folder, string file, StartProblems problems)
    {
        try
        {
            return new ConfigurationBuilder().SetBasePath(folder).AddJsonFile(file, optional: true, reloadOnChange: false).Build();
        }
        catch (InvalidDataException e)
        {
            problems.Add($"{file} is not valid JSON: {(e.InnerException ?? e).Message}");
            return new ConfigurationBuilder().Build();
        }
    }

    /// <summary>The section's values under another prefix; names with <c>__</c> are nested, as in environment variables.</summary>
    public static Dictionary<string, string?> Flatten(IConfiguration section, string prefix = "") =>
        section.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => prefix + pair.Key.Replace("__", ":", StringComparison.Ordinal), pair => pair.Value, StringComparer.OrdinalIgnoreCase);
}
