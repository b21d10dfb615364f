using System.CommandLine;
using System.Globalization;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody screening</c>: what screening found for a withdrawal, and one operator's half of its release.</summary>
internal static class ScreeningCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment) => new("screening", "What screening found for a withdrawal.")
    {
        Show(environment),
        Release(environment),
    };

    private static Command Show(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        return new Command("show", "Show each hit, and the digest that a release must name.") { id }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
                (await session.Api.GetAsync($"withdrawals/{context.Value(id)}/screening", cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));
    }

    private static Command Release(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        var hit = new Option<string>("--hit") { Description = "The digest of what you looked at, as 'custody screening show' says.", Required = true, HelpName = "DIGEST" };
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long your signature counts, also at the moment of signing.", TimeSpan.FromDays(2));
        return new Command("release", "Sign one half of the release of a hit; two operators make one.") { id, hit, reason, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var withdrawal = context.Value(id);
                if ((await session.Api.GetAsync($"withdrawals/{withdrawal}/screening", cancellation)).OfRead().Stops(out var stop, out var told))
                {
                    return stop;
                }

                // What was found since is another hit: the digest is the one that the operator looked at, never simply the newest.
                if (told.Text("hitDigest") != context.Value(hit) || !int.TryParse(told.Text("attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
                {
                    return CliOutcome.Refused.Because(
                        RefusalCode.ScreeningReleaseMismatch.Text(), "This is not what was found.", $"'custody screening show {withdrawal}' shows what was.");
                }

                var statement = new ScreeningRelease(
                    1, withdrawal, attempt, context.Value(hit)!, session.Profile.Id, context.Value(reason)!, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.ScreeningRelease, statement, context.Now, cancellation);
                var reply = await session.Api.PostSignedAsync($"withdrawals/{withdrawal}/screening-release", compact, cancellation);
                return reply.OfWrite($"'custody show {withdrawal}' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Signed the release of {Theme.Text(withdrawal)}; a second operator must sign it too."
                        : $"{Theme.Good("✓")} Released: {Theme.Text(withdrawal)} goes on."));
            });
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        Facts.Write(
            console,
            ("Address", answer.Text("address")),
            ("Attempt", answer.Text("attempt")),
            ("Screening", answer.Text("allowed") == "true" ? "lets it pass" : answer.Text("detail")),
            ("Hit digest", answer.Text("hitDigest")));
        if (answer.Items("hits") is not { Count: > 0 } hits)
        {
            return;
        }

        var table = Tables.Create("list", "entry", "reason");
        foreach (var found in hits)
        {
            table.Row(Theme.Bad(AnsweredBody.Text(found, "list")), Theme.Text(AnsweredBody.Text(found, "entry")), Theme.Text(AnsweredBody.Text(found, "reason")));
        }

        console.Write(table);
    }
}
