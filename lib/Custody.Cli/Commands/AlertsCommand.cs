using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody alerts</c>: the newest alerts.</summary>
internal static class AlertsCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var most = new Option<int>("--most") { Description = "At most this many.", DefaultValueFactory = _ => 20, HelpName = "N" };
        return new Command("alerts", "List the newest alerts.") { most }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
                (await session.Api.GetAsync($"alerts?most={context.Value(most)}", cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("No alerts."));
            return;
        }

        var table = Tables.Create("", "alert", "raised", "subject", "what");
        foreach (var item in items)
        {
            var severity = AnsweredBody.Text(item, "severity")?.ToUpperInvariant();
            table.Row(
                severity == "P1" ? Theme.Bad(severity) : severity == "P2" ? Theme.Attention(severity) : Theme.Text(severity),
                Theme.Text(AnsweredBody.Text(item, "code")),
                Theme.Text(AnsweredBody.Text(item, "raisedAt")),
                Theme.Text(AnsweredBody.Text(item, "subject")),
                Theme.Text(AnsweredBody.Text(item, "detail")));
        }

        console.Write(table);
    }
}
