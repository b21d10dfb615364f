using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Governance;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody governance veto</c>: one governor stops a proposal.</summary>
internal static class GovernanceVetoCommand
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static Command Create(CliEnvironment environment)
    {
        var digest = new Argument<string>("DIGEST") { Description = "The proposal's digest, as 'custody governance proposals' shows it." };
        var reason = ReasonOption.Create();
        return new Command("veto", "Stop a proposed version. One governor is enough.") { digest, reason }
            .Runs(environment, [ProfileKind.Governor], async (context, session, cancellation) =>
            {
                if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed))
                {
                    return stop;
                }

                var veto = new GovernanceVeto(
                    1, governed.Document.Version + 1, context.Value(digest), session.Profile.Id, context.Value(reason)!, context.Now, context.Now + Lifetime);
                var compact = await session.SignAsync(DocumentType.GovernanceVeto, veto, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("governance/vetoes", compact, cancellation)).OfWrite("'custody governance proposals' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine($"{Theme.Good("✓")} Vetoed: version {veto.GovernanceVersion}, {Theme.Text(veto.GovernanceDigest)}."));
            });
    }
}
