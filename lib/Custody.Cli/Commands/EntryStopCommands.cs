using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody whitelist suspend</c> and <c>tombstone</c>: the entry's client, or one operator, at once.</summary>
internal static class EntryStopCommands
{
    // Long enough for a slow network, short enough that a copy of the statement cannot suspend again next week.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static Command Suspend(CliEnvironment environment) =>
        Create(environment, "suspend", "Stop an entry for now; only the approvers' quorum lets it go again.", WhitelistAction.Suspend, "Suspended");

    public static Command Tombstone(CliEnvironment environment) => Create(environment, "tombstone", "End an entry for ever.", WhitelistAction.Tombstone, "Ended");

    private static Command Create(CliEnvironment environment, string name, string description, WhitelistAction action, string done)
    {
        var id = EntryArgument.Create();
        var reason = ReasonOption.Create();
        return new Command(name, description) { id, reason }
            .Runs(environment, [ProfileKind.Client, ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var entryId = context.Value(id);
                if ((await session.Api.GetAsync($"whitelist/{entryId}", cancellation)).OfRead().Stops(out var stop, out var shown))
                {
                    return stop;
                }

                var statement = new WhitelistStatement(
                    1, entryId, shown.Text("digest") ?? "", action, session.Profile.Id, context.Value(reason)!, context.Now, context.Now + Lifetime);
                var compact = await session.SignAsync(DocumentType.WhitelistStatement, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync($"whitelist/{entryId}/{name}", compact, cancellation))
                    .OfWrite($"'custody whitelist show {entryId}' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine($"{Theme.Good("✓")} {done}: {Theme.Text(entryId)}"));
            });
    }
}
