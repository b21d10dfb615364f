using System.Collections;
using Microsoft.Extensions.Configuration;

namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>
/// <c>local.settings.json</c>: its Values become settings and, as with <c>func start</c>, environment variables where the
/// environment does not set them already.
/// </summary>
internal sealed class LocalSettings
{
    // Taken before the first host of this process adds to the environment, so that what one host wrote there is never
    // mistaken by the next one for what its user set.
    private static readonly HashSet<string> SetByUser = [.. Environment.GetEnvironmentVariables().Keys.Cast<string>()];

    private LocalSettings(IConfiguration file) => File = file;

    private IConfiguration File { get; }

    /// <summary>The port under <c>Host</c>.</summary>
    public string? Port => File["Host:LocalHttpPort"];

    public static LocalSettings Read(string folder, StartProblems problems)
    {
        var file = JsonSettings.Read(folder, "local.settings.json", problems);
        if (bool.TryParse(file["IsEncrypted"], out var encrypted) && encrypted)
        {
            problems.Add("local.settings.json is encrypted (IsEncrypted is true): decrypt it with 'func settings decrypt'.");
        }

        return new LocalSettings(file);
    }

    /// <summary>The file's settings, over which the environment's go.</summary>
    public Dictionary<string, string?> Values()
    {
        var values = JsonSettings.Flatten(File.GetSection("Values"));
        foreach (var (name, value) in JsonSettings.Flatten(File.GetSection("ConnectionStrings"), "ConnectionStrings:"))
        {
            values[name] = value;
        }

        return values;
    }

    /// <summary>The variables that were there before any host of this process added its own.</summary>
    public static Dictionary<string, string?> UserEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => SetByUser.Contains((string)variable.Key))
            .GroupBy(variable => ((string)variable.Key).Replace("__", ":", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => (string?)same.First().Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds the file's Values to the environment of this process, where its user has not set them.</summary>
    public void AddToEnvironment()
    {
        foreach (var (name, value) in File.GetSection("Values").AsEnumerable(makePathsRelative: true))
        {
            var variable = name.Replace(":", "__", StringComparison.Ordinal);
            if (value is not null && !SetByUser.Contains(variable))
            {
                Environment.SetEnvironmentVariable(variable, value);
            }
        }
    }
}
