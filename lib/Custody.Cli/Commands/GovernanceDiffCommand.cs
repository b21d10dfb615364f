using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Governing;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Core.Governance.Change;
using Custody.Core.Results;

namespace Custody.Cli.Commands;

/// <summary><c>custody governance diff</c>: what a draft or a signed document changes in the version in force, in plain words.</summary>
internal static class GovernanceDiffCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "A draft, or a document that governors have signed." };
        return new Command("diff", "Show what a document changes, and whether it tightens or weakens.") { file }
            .Runs(environment, ProfileKinds.All, async (context, session, cancellation) =>
            {
                if (DraftFile.Read(context.Value(file)).Stops(out var stop, out var draft)
                    || (await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out stop, out var governed))
                {
                    return stop;
                }

                var changes = GovernanceDiff.Between(governed.Document, draft.Document);
                return changes.IsMixed
                    ? CliOutcome.Refused.Because(
                        RefusalCode.GovernanceMixed.Text(), "It both tightens and weakens, and must be split.", string.Join('\n', changes.Changes), ("changes", DiffPage.Sentences(changes)))
                    : new CliOutcome.Done(DiffPage.Document(draft.Document, changes), console => DiffPage.Paint(console, draft.Document, changes));
            });
    }
}
