using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>Puts settings in for their names between percent signs, as the official host does in schedules, routes and names.</summary>
internal sealed partial class SettingReferences(IConfiguration configuration, StartProblems problems)
{
    /// <summary>The text with each <c>%Name%</c> replaced; a setting that is missing is a problem of <paramref name="where"/>.</summary>
    public string Resolve(string text, string where) => Reference().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        if (configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } value)
        {
            return value;
        }

        problems.Add($"{where}: the setting {name}, which %{name}% refers to, is missing.");
        return match.Value;
    });

    /// <summary>True when a reference was left unresolved, so that it is not reported a second time as malformed.</summary>
    public static bool Unresolved(string text) => Reference().IsMatch(text);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Reference();
}
