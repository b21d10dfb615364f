using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Outcomes;

/// <summary>Writes an outcome: results on standard output, problems on standard error, for people or as one JSON document.</summary>
internal static class OutcomeWriter
{
    // Not for HTML: addresses, quotes and accents stay readable.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Write(CliOutcome outcome, bool json, CliEnvironment environment)
    {
        switch (outcome)
        {
            case CliOutcome.Done done when json:
                environment.Output.WriteLine(done.Document.ToJsonString(Indented));
                return ExitCode.Done;
            case CliOutcome.Done done:
                done.Paint(environment.OutputConsole);
                return ExitCode.Done;
            case CliOutcome.Usage usage when json:
                environment.Error.WriteLine(new JsonObject
                {
                    ["title"] = "The command cannot be carried out as it stands.",
                    ["code"] = Codes.Usage,
                    ["detail"] = usage.Sentence,
                }.ToJsonString(Indented));
                return ExitCode.Usage;
            case CliOutcome.Usage usage:
                environment.ErrorConsole.MarkupLine($"{Theme.Attention("!")} {Theme.Text(usage.Sentence)}");
                return ExitCode.Usage;
            case CliOutcome.Refused refused when json:
                environment.Error.WriteLine(refused.Problem.ToJsonString(Indented));
                return ExitCode.Refused;
            case CliOutcome.Refused refused:
                Paint(refused.Problem, environment.ErrorConsole);
                return ExitCode.Refused;
            default:
                throw new InvalidOperationException($"The outcome {outcome} cannot be written.");
        }
    }

    private static void Paint(JsonObject problem, IAnsiConsole console)
    {
        var title = Member(problem, "title") ?? "Refused.";
        console.MarkupLine($"{Theme.Bad("✗")} [bold]{Theme.Text(title)}[/]");
        if (Member(problem, "detail") is { } detail && detail != title)
        {
            console.MarkupLine($"  {Theme.Text(detail)}");
        }

        var about = string.Join(", ", new[] { "code", "fact", "field" }
            .Select(name => Member(problem, name) is { } value ? $"{name} {value}" : null).OfType<string>());
        if (about.Length > 0)
        {
            console.MarkupLine($"  {Theme.Quiet(about)}");
        }
    }

    private static string? Member(JsonObject problem, string name) =>
        problem[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
