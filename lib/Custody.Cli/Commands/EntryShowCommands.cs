using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Reading;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody whitelist list</c> and <c>custody whitelist show</c>.</summary>
internal static class EntryShowCommands
{
    private static readonly ProfileKind[] Everybody = [ProfileKind.Client, ProfileKind.Approver, ProfileKind.Operator];

    public static Command List(CliEnvironment environment)
    {
        var size = new Option<int>("--size") { Description = "At most this many.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var continuation = new Option<string>("--continuation") { Description = "The next page: what the page before gave.", HelpName = "TEXT" };
        return new Command("list", "List whitelist entries, newest first.") { size, continuation }
            .Runs(environment, Everybody, async (context, session, cancellation) =>
            {
                var path = $"whitelist?size={context.Value(size)}{(context.Value(continuation) is { } next ? $"&continuation={Uri.EscapeDataString(next)}" : "")}";
                return (await session.Api.GetAsync(path, cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer));
            });
    }

    public static Command Show(CliEnvironment environment)
    {
        var id = EntryArgument.Create();
        return new Command("show", "Show a whitelist entry.") { id }
            .Runs(environment, Everybody, async (context, session, cancellation) =>
                (await session.Api.GetAsync($"whitelist/{context.Value(id)}", cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => PaintOne(console, answer)));
    }

    public static void PaintOne(IAnsiConsole console, AnsweredBody entry)
    {
        console.MarkupLine($"{Theme.Strong($"Whitelist entry {entry.Text("id")}")}  {Status(entry.Text("status"))}");
        Facts.Write(
            console,
            ("Reason", entry.Text("reasonDetail") ?? entry.Text("reason")),
            ("To", AddressText.Grouped(entry.Text("address") ?? "")),
            ("On", entry.Text("chain")),
            ("Label", SafeText.Of(entry.Text("label"))),
            ("For", $"{entry.Text("customerId")} of {entry.Text("clientId")}"),
            ("Signed", entry.Text("needed") is { } needed ? $"{entry.Text("approvals")} of {needed}" : null),
            ("Usable from", entry.Text("usableFrom")),
            ("Digest", entry.Text("digest")),
            ("Created", entry.Text("createdAt")),
            ("Updated", entry.Text("updatedAt")));
    }

    private static void Paint(IAnsiConsole console, AnsweredBody page)
    {
        if (page.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("No whitelist entries."));
            return;
        }

        var table = Tables.Create("entry", "status", "customer", "address", "label");
        foreach (var item in items)
        {
            table.Row(
                Theme.Text(AnsweredBody.Text(item, "id")), Status(AnsweredBody.Text(item, "status")), Theme.Text(AnsweredBody.Text(item, "customerId")),
                Theme.Text(AnsweredBody.Text(item, "address")), Theme.Text(SafeText.Of(AnsweredBody.Text(item, "label"))));
        }

        console.Write(table);
        if (page.Text("continuation") is { } next)
        {
            console.MarkupLine(Theme.Quiet($"  More: --continuation {next}"));
        }
    }

    private static string Status(string? status) => status switch
    {
        "active" => Theme.Good(status),
        "coolingOff" or "suspended" => Theme.Attention(status),
        "tombstoned" or "rejected" or "expired" => Theme.Bad(status),
        _ => Theme.Text(status),
    };
}
