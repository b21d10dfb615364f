using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody freeze</c>: stops a vault, a client or everything. One operator is enough.</summary>
internal static class FreezeCommand
{
    // Long enough for a slow network, short enough that a copy of the statement cannot freeze again next week.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static Command Create(CliEnvironment environment)
    {
        var scope = ScopeArgument.Create();
        var reason = ReasonOption.Create();
        return new Command("freeze", "Stop a vault, a client or the whole platform.") { scope, reason }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var statement = new FreezeStatement(1, context.Value(scope), session.Profile.Id, context.Value(reason)!, context.Now, context.Now + Lifetime);
                var compact = await session.SignAsync(DocumentType.Freeze, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("freezes", compact, cancellation)).OfWrite("'custody freezes' tells.").Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(
                        answer.Document(), console => console.MarkupLine($"{Theme.Good("✓")} Frozen: {Theme.Text(statement.Scope)}, line {Theme.Text(answer.Text("sequence"))} of the stop journal."));
            });
    }
}
