using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Governing;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody governance draft</c>: writes the version in force as the next one's draft, to be edited.</summary>
internal static class GovernanceDraftCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "Where the draft is written; it must not be there." };
        return new Command("draft", "Write the next version's draft, to be edited.") { file }
            .Runs(environment, ProfileKinds.All, async (context, session, cancellation) =>
            {
                var path = context.Value(file);
                if (File.Exists(path))
                {
                    return new CliOutcome.Usage($"The file '{path}' is there already; name one that is not.");
                }

                if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed))
                {
                    return stop;
                }

                var draft = governed.Document with { Version = governed.Document.Version + 1, Previous = governed.Digest, CreatedAt = context.Now, Risk = null };
                await File.WriteAllTextAsync(path, JsonSerializer.Serialize(draft, DraftFile.Pretty), cancellation);
                return new CliOutcome.Done(
                    new JsonObject { ["file"] = path, ["version"] = draft.Version },
                    console => console.MarkupLine($"{Theme.Good("✓")} Version {draft.Version} as a draft: {Theme.Text(path)}. Edit it, then 'custody governance diff' and 'sign'."));
            });
    }
}
