using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Encoding;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody policy explain</c>: which rule a withdrawal would match, and why each other would not. Nothing is asked for or reserved.</summary>
internal static class PolicyCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var options = new SubmitOptions();
        var client = new Option<string>("--client") { Description = "The exchange; one that is asked as an exchange asks only about itself.", HelpName = "ID" };
        var explain = options.AddTo(new Command("explain", "Say what would become of a withdrawal, and why.") { client });
        return new Command("policy", "What policy says.")
        {
            explain.Runs(environment, [ProfileKind.Client, ProfileKind.Approver, ProfileKind.Operator], async (context, session, cancellation) =>
            {
                if ((await SubmitCommand.ComposeAsync(context, session, options, cancellation)).Stops(out var stop, out var request))
                {
                    return stop;
                }

                var body = CanonicalJson.Serialize(request with { ClientId = context.Value(client) ?? request.ClientId });
                return (await session.Api.PostJsonAsync("policy/evaluate", body, cancellation)).OfRead().Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer));
            }),
        };
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        var allowed = answer.Text("ruleId") is not null;
        console.MarkupLine(allowed
            ? $"{Theme.Good("✓")} {Theme.Strong($"The rule '{answer.Text("ruleId")}' matches")}"
            : $"{Theme.Bad("✗")} {Theme.Strong($"Refused by {answer.Text("stage")}: {answer.Text("code")}")}");
        if (answer.Text("detail") is { } detail)
        {
            console.MarkupLine($"  {Theme.Text(detail)}");
        }

        if (allowed)
        {
            var vaults = answer.Items("vaults").Select(v => v.GetString()).Prepend(answer.Text("vaultId"));
            console.MarkupLine($"  Pays from {Theme.Text(string.Join(", or ", vaults))}.");
        }

        var table = Tables.Create("rule", "matches", "why not");
        foreach (var rule in answer.Items("rules"))
        {
            var why = AnsweredBody.Text(rule, "why");
            table.Row(Theme.Text(AnsweredBody.Text(rule, "ruleId")), why is null ? "yes" : "no", Theme.Text(why));
        }

        console.Write(table);
    }
}
