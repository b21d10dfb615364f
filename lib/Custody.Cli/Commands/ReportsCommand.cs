using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody reports</c>: the drafts of suspicious-transaction reports.</summary>
internal static class ReportsCommand
{
    public static Command Create(CliEnvironment environment) => new Command("reports", "List the drafts of suspicious-transaction reports; --json gives them whole.")
        .Runs(environment, [ProfileKind.Operator], async (_, session, cancellation) =>
            (await session.Api.GetAsync("reports/str", cancellation)).OfRead().Stops(out var stop, out var answer)
                ? stop
                : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("No drafts."));
            return;
        }

        var table = Tables.Create("draft", "pattern", "client", "customer", "withdrawals", "until", "sum");
        foreach (var item in items)
        {
            table.Row(
                Theme.Text(AnsweredBody.Text(item, "id")),
                Theme.Attention(AnsweredBody.Text(item, "pattern")),
                Theme.Text(AnsweredBody.Text(item, "clientId")),
                Theme.Text(AnsweredBody.Text(item, "customerId")),
                Theme.Text($"{item.GetProperty("payments").GetArrayLength()}"),
                Theme.Text(AnsweredBody.Text(item, "to")),
                Theme.Text($"{AnsweredBody.Text(item, "sum")} of {AnsweredBody.Text(item, item.TryGetProperty("asset", out _) ? "asset" : "currency")}"));
        }

        console.Write(table);
    }
}
