using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody governance proposals</c>: what waits to take effect.</summary>
internal static class GovernanceProposalsCommand
{
    public static Command Create(CliEnvironment environment) => new Command("proposals", "The versions that wait to take effect.")
        .Runs(environment, ProfileKinds.All, async (_, session, cancellation) =>
            (await session.Api.GetAsync("governance/proposals", cancellation)).OfRead().Stops(out var stop, out var answer)
                ? stop
                : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items().Count == 0)
        {
            console.MarkupLine("Nothing waits.");
            return;
        }

        foreach (var item in answer.Items())
        {
            console.MarkupLine(Theme.Strong($"Version {AnsweredBody.Text(item, "version")} {AnsweredBody.Text(item, "direction")}"));
            Facts.Write(console, ("Digest", AnsweredBody.Text(item, "digest") ?? ""), ("Takes effect", AnsweredBody.Text(item, "takesEffectAt") ?? "at once"));
            foreach (var change in item.GetProperty("changes").EnumerateArray())
            {
                console.MarkupLine($"  {Theme.Text(change.GetString())}");
            }
        }
    }
}
