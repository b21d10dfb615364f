using System.Globalization;

namespace Custody.Scenarios.Systems;

/// <summary>Lengths of time as scripts write them: 90s, 15m, 2h, 1d, with a sign where that makes sense.</summary>
internal static class Durations
{
    public static TimeSpan Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new ScenarioException($"'{text}' is no length of time such as 90s, 15m, 2h or 1d");
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => throw new ScenarioException($"'{text}' is no length of time such as 90s, 15m, 2h or 1d"),
        };
    }
}
