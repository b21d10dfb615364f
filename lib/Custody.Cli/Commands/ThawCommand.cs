using System.CommandLine;
using System.Globalization;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody thaw</c>: one operator's half of the end of a freeze.</summary>
internal static class ThawCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment)
    {
        var scope = ScopeArgument.Create();
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long your signature waits for the second operator's.", TimeSpan.FromDays(1));
        return new Command("thaw", "Sign one half of the end of a freeze; two operators make one.") { scope, reason, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                if ((await session.Api.GetAsync("freezes", cancellation)).OfRead().Stops(out var stop, out var freezes))
                {
                    return stop;
                }

                var named = context.Value(scope);
                var freeze = freezes.Items().FirstOrDefault(f => AnsweredBody.Text(f, "scope") == named);
                if (!long.TryParse(AnsweredBody.Text(freeze, "sequence"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
                {
                    return CliOutcome.Refused.Because(RefusalCode.NotFrozen.Text(), "There is no such freeze.", $"No freeze of {named} is in force; 'custody freezes' lists them.");
                }

                var statement = new ThawStatement(1, named, sequence, session.Profile.Id, context.Value(reason)!, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.Thaw, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("thaws", compact, cancellation)).OfWrite("'custody freezes' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Signed the thaw of {Theme.Text(named)} (freeze {sequence}); a second operator must sign it too."
                        : $"{Theme.Good("✓")} Thawed: {Theme.Text(named)} (freeze {sequence})."));
            });
    }
}
