using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody freezes</c>: what is stopped.</summary>
internal static class FreezesCommand
{
    public static Command Create(CliEnvironment environment) => new Command("freezes", "List the freezes in force.")
        .Runs(environment, [ProfileKind.Operator], async (_, session, cancellation) =>
            (await session.Api.GetAsync("freezes", cancellation)).OfRead().Stops(out var stop, out var answer)
                ? stop
                : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("Nothing is frozen."));
            return;
        }

        var table = Tables.Create("scope", "line", "since", "reason");
        foreach (var item in items)
        {
            table.Row(
                Theme.Attention(AnsweredBody.Text(item, "scope")),
                Theme.Text(AnsweredBody.Text(item, "sequence")),
                Theme.Text(AnsweredBody.Text(item, "at")),
                Theme.Text(AnsweredBody.Text(item, "reason")));
        }

        console.Write(table);
    }
}
