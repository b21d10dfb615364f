using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody resolve</c>: one operator's half of what happens to a held withdrawal.</summary>
internal static class ResolveCommand
{
    private const int Accepted = 202;
    private static readonly string[] Actions =
        [.. Enum.GetValues<ResolutionAction>().Where(a => a != ResolutionAction.Unknown).Select(a => JsonNamingPolicy.CamelCase.ConvertName(a.ToString()))];

    public static Command Create(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        var action = new Option<string>("--action") { Description = "resume, reject or nextAttempt.", Required = true, HelpName = "ACTION" };
        action.AcceptOnlyFromAmong(Actions);
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long your signature waits for the second operator's.", TimeSpan.FromDays(1));
        return new Command("resolve", "Sign one half of a resolution of a held withdrawal; two operators make one.") { id, action, reason, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var withdrawal = context.Value(id);
                if ((await session.Api.GetAsync($"withdrawals/{withdrawal}", cancellation)).OfRead().Stops(out var stop, out var state))
                {
                    return stop;
                }

                if (state.Text("status") != "held" || !int.TryParse(state.Text("hold"), NumberStyles.None, CultureInfo.InvariantCulture, out var hold)
                    || !int.TryParse(state.Text("attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
                {
                    return CliOutcome.Refused.Because(
                        RefusalCode.NotHeld.Text(), "The withdrawal is not held.", $"Its status is {state.Text("status") ?? "unknown"}; only a held withdrawal is resolved.");
                }

                var decided = Enum.Parse<ResolutionAction>(context.Value(action)!, ignoreCase: true);
                var statement = new ResolutionStatement(
                    1, withdrawal, attempt, hold, decided, session.Profile.Id, context.Value(reason)!, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.Resolution, statement, context.Now, cancellation);
                var reply = await session.Api.PostSignedAsync($"withdrawals/{withdrawal}/resolutions", compact, cancellation);
                return reply.OfWrite($"'custody show {withdrawal}' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Signed {Theme.Text(context.Value(action))} for hold {hold} of {Theme.Text(withdrawal)}; a second operator must sign the same."
                        : $"{Theme.Good("✓")} In effect: {Theme.Text(context.Value(action))} for hold {hold} of {Theme.Text(withdrawal)}."));
            });
    }
}
