using System.CommandLine;

namespace Custody.Cli.CommandLine;

/// <summary>Options that take a duration.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, string description, TimeSpan otherwise) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            if (DurationText.TryParse(result.Tokens[0].Value, out var duration))
            {
                return duration;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' is not {DurationText.Form}.");
            return default;
        },
    };
}
