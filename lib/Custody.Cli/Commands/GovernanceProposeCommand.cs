using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Governing;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody governance propose</c>: posts a document that its quorum has signed.</summary>
internal static class GovernanceProposeCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "The signed document." };
        return new Command("propose", "Post a document that its quorum has signed.") { file }
            .Runs(environment, [ProfileKind.Governor, ProfileKind.Operator], async (context, session, cancellation) =>
            {
                if (DraftFile.Read(context.Value(file)).Stops(out var stop, out var draft))
                {
                    return stop;
                }

                if (draft.Signatures.Count == 0)
                {
                    return new CliOutcome.Usage($"'{context.Value(file)}' carries no signature; 'custody governance sign' adds one.");
                }

                return (await session.Api.PostDocumentAsync("governance", draft.Signed, cancellation)).OfWrite("'custody governance proposals' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer));
            });
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer) => console.MarkupLine(
        $"{Theme.Good("✓")} Version {Theme.Text(answer.Text("version"))} {Theme.Text(answer.Text("direction"))} and takes effect "
        + (answer.Text("takesEffectAt") is { } at ? $"at {Theme.Text(at)}, unless a governor vetoes it." : "at once."));
}
