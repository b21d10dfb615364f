using System.Globalization;

namespace Custody.Cli.CommandLine;

/// <summary>Durations as people type them: <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c>.</summary>
internal static class DurationText
{
    public const string Form = "a whole number and s, m, h or d, such as 30m";

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is not { Length: >= 2 and <= 8 } || !long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return false;
        }

        long? unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => null };
        if (unit is null)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * unit.Value);
        return true;
    }
}
