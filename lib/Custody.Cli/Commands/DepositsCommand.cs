using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody deposits</c>: what came in to our accounts.</summary>
internal static class DepositsCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var most = new Option<int>("--most") { Description = "At most this many.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var chain = new Option<string?>("--chain") { Description = "The chain, CAIP-2; may be left out where there is one.", HelpName = "ID" };
        var after = new Option<string?>("--after") { Description = "Where the page before this one said that the next begins.", HelpName = "NEXT" };
        return new Command("deposits", "List what came in to our accounts, the highest block first.") { most, chain, after }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var path = $"deposits?most={context.Value(most)}{Query("chain", context.Value(chain))}{Query("after", context.Value(after))}";
                return (await session.Api.GetAsync(path, cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer));
            });
    }

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("No deposits."));
            return;
        }

        var table = Tables.Create("vault", "status", "amount", "asset", "block", "transaction");
        foreach (var item in items)
        {
            table.Row(
                Theme.Text(AnsweredBody.Text(item, "vaultId")),
                Theme.Text(AnsweredBody.Text(item, "status")),
                Theme.Text(AnsweredBody.Text(item, "amount")),
                Theme.Text(AnsweredBody.Text(item, "asset")),
                Theme.Text(AnsweredBody.Text(item, "blockNumber")),
                Theme.Text(AnsweredBody.Text(item, "transactionId")));
        }

        console.Write(table);
        if (answer.Text("next") is { } next)
        {
            console.MarkupLine(Theme.Quiet($"More: --after {next}"));
        }
    }
}
