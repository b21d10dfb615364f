using System.CommandLine;
using System.Text.Json;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Withdrawals;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody list</c>: withdrawals, newest first.</summary>
internal static class ListCommand
{
    private static readonly string[] Statuses =
        [.. Enum.GetValues<WithdrawalStatus>().Where(s => s != WithdrawalStatus.Unknown).Select(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()))];

    public static Command Create(CliEnvironment environment)
    {
        var status = new Option<string>("--status") { Description = "Only those in this status.", HelpName = "STATUS" };
        status.AcceptOnlyFromAmong(Statuses);
        var size = new Option<int>("--size") { Description = "At most this many.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var continuation = new Option<string>("--continuation") { Description = "The next page: what the page before gave.", HelpName = "TEXT" };
        return new Command("list", "List withdrawals, newest first.") { status, size, continuation }
            .Runs(environment, [ProfileKind.Client, ProfileKind.Approver, ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var query = new List<string> { $"size={context.Value(size)}" };
                if (context.Value(status) is { } wanted)
                {
                    query.Add($"status={wanted}");
                }

                if (context.Value(continuation) is { } next)
                {
                    query.Add($"continuation={Uri.EscapeDataString(next)}");
                }

                return (await session.Api.GetAsync($"withdrawals?{string.Join('&', query)}", cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer));
            });
    }

    private static void Paint(IAnsiConsole console, AnsweredBody page)
    {
        if (page.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("No withdrawals."));
            return;
        }

        var table = Tables.Create("withdrawal", "status", "amount", "customer", "created", "asset");
        foreach (var item in items)
        {
            table.Row(
                Cell(item, "id"), StatusText.Of(AnsweredBody.Text(item, "status")), Cell(item, "amount"), Cell(item, "customerId"), Cell(item, "createdAt"), Cell(item, "asset"));
        }

        console.Write(table);
        if (page.Text("continuation") is { } next)
        {
            console.MarkupLine(Theme.Quiet($"  More: --continuation {next}"));
        }
    }

    private static string Cell(JsonElement item, string name) => Theme.Text(AnsweredBody.Text(item, name));
}
