using System.CommandLine;
using System.Text.Json;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Approvals;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody drill</c>: try whether approvers read before they sign, and see how they did.</summary>
internal static class DrillCommand
{
    private static readonly string[] Mismatches =
        [.. Enum.GetValues<DrillMismatch>().Where(m => m != DrillMismatch.Unknown).Select(m => JsonNamingPolicy.CamelCase.ConvertName(m.ToString()))];

    public static Command Create(CliEnvironment environment) =>
        new("drill", "Try whether approvers read before they sign, and see how they did.") { Issue(environment), Report(environment) };

    private static Command Issue(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        var mismatch = new Option<string>("--mismatch") { Description = "amount or destination.", DefaultValueFactory = _ => Mismatches[0], HelpName = "WHAT" };
        mismatch.AcceptOnlyFromAmong(Mismatches);
        var expires = DurationOption.Create("--expires-in", "How long approvers can answer.", TimeSpan.FromHours(4));
        return new Command("issue", "Show a withdrawal again under another id, with an intent that does not match it.") { id, mismatch, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var statement = new DrillStatement(
                    1, context.Value(id), Enum.Parse<DrillMismatch>(context.Value(mismatch)!, ignoreCase: true), session.Profile.Id, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.Drill, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("drills", compact, cancellation)).OfWrite("'custody drill report' tells.").Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(
                        $"{Theme.Good("✓")} Ask the approvers to approve {Theme.Strong(answer.Text("id") ?? "")}; who reads it rejects it."));
            });
    }

    private static Command Report(CliEnvironment environment) => new Command("report", "List the drills and how each approver answered.")
        .Runs(environment, [ProfileKind.Operator], async (_, session, cancellation) =>
            (await session.Api.GetAsync("drills", cancellation)).OfRead().Stops(out var stop, out var answer)
                ? stop
                : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("No drill was issued."));
            return;
        }

        var table = Tables.Create("drill", "issued", "planted", "approver", "result");
        foreach (var item in items)
        {
            foreach (var approver in item.GetProperty("answers").EnumerateArray())
            {
                var result = AnsweredBody.Text(approver, "result");
                table.Row(
                    Theme.Text(AnsweredBody.Text(item, "id")),
                    Theme.Text(AnsweredBody.Text(item, "issuedAt")),
                    Theme.Text(AnsweredBody.Text(item, "mismatch")),
                    Theme.Text(AnsweredBody.Text(approver, "approver")),
                    result == "failed" ? Theme.Bad(result) : Theme.Text(result));
            }
        }

        console.Write(table);
    }
}
