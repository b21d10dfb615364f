using System.Text.Json.Nodes;
using Spectre.Console;

namespace Custody.Cli.Outcomes;

/// <summary>What a command came to.</summary>
internal abstract record CliOutcome
{
    private CliOutcome()
    {
    }

    /// <summary>It did what was asked. <paramref name="Document"/> is for scripts, <paramref name="Paint"/> shows the same to people.</summary>
    public sealed record Done(JsonNode Document, Action<IAnsiConsole> Paint) : CliOutcome;

    /// <summary>It was not done, or it is not known whether it was; the problem's code says which.</summary>
    public sealed record Refused(JsonObject Problem) : CliOutcome
    {
        /// <summary>A problem as the API writes them (RFC 9457), with what else a script may want.</summary>
        public static Refused Because(string code, string title, string detail, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
        {
            var problem = new JsonObject { ["title"] = title, ["code"] = code, ["detail"] = detail };
            foreach (var (name, value) in more)
            {
                problem[name] = value;
            }

            return new Refused(problem);
        }
    }

    /// <summary>The command line, a file or a setting is wrong; <paramref name="Sentence"/> says what and what would be right.</summary>
    public sealed record Usage(string Sentence) : CliOutcome;
}
