using System.CommandLine;
using System.Text.Json;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody whitelist approve</c>, <c>reject</c> and <c>reinstate</c>: verify the bundle here, show it, ask, and only then sign.</summary>
internal static class EntrySignCommands
{
    // The quorum for the end of a suspension may take people on three sites a working day.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static Command Approve(CliEnvironment environment)
    {
        var (id, yes) = (EntryArgument.Create(), Yes());
        return new Command("approve", "Verify an entry, read it, and sign that money may go there.") { id, yes }
            .Runs(environment, [ProfileKind.Approver], (context, session, cancellation) => RunAsync(context, session, context.Value(id), "approve", context.Value(yes), ApproveAsync, cancellation));
    }

    public static Command Reject(CliEnvironment environment) =>
        Statement(environment, "reject", "Verify an entry, read it, and sign that money may not go there: one rejection ends it.", WhitelistAction.Reject);

    public static Command Reinstate(CliEnvironment environment) =>
        Statement(environment, "reinstate", "Sign that an entry's suspension ends; the approvers' quorum and a new cooling-off follow.", WhitelistAction.Reinstate);

    private static Command Statement(CliEnvironment environment, string name, string description, WhitelistAction action)
    {
        var (id, yes, reason) = (EntryArgument.Create(), Yes(), ReasonOption.Create());
        return new Command(name, description) { id, yes, reason }
            .Runs(environment, [ProfileKind.Approver], (context, session, cancellation) => RunAsync(
                context, session, context.Value(id), name, context.Value(yes),
                (c, s, verified, token) => SayAsync(c, s, verified, name, action, c.Value(reason)!, token), cancellation));
    }

    private static async Task<CliOutcome> RunAsync(
        CommandContext context,
        Session session,
        string id,
        string word,
        bool yes,
        Func<CommandContext, Session, VerifiedEntry, CancellationToken, Task<CliOutcome>> sign,
        CancellationToken cancellation)
    {
        if (context.Json && !yes)
        {
            return new CliOutcome.Usage("With --json nobody can be asked; add --yes to sign without a question.");
        }

        if ((await FetchAsync(context, session, id, cancellation)).Stops(out var stop, out var verified))
        {
            return stop;
        }

        if (!context.Json)
        {
            PagePainter.Paint(context.Environment.OutputConsole, EntryRenderer.Render(verified));
        }

        return yes || Confirm(context.Environment, verified, word)
            ? await sign(context, session, verified, cancellation)
            : CliOutcome.Refused.Because(Codes.NotConfirmed, "Not confirmed.", "Nothing was signed.");
    }

    private static async Task<CliOutcome> ApproveAsync(CommandContext context, Session session, VerifiedEntry verified, CancellationToken cancellation)
    {
        if (verified.Tally.Approvers.Any(a => a.Id == session.Profile.Id))
        {
            return CliOutcome.Refused.Because(RefusalCode.DuplicateVote.Text(), "You have signed this entry.", "One approver signs once; nothing was signed.");
        }

        var id = verified.Entry.EntryId;
        var detached = await Jws.SignAsync(session.Signer, DocumentType.WhitelistEntry, verified.Payload, context.Now, detached: true, cancellation);
        return (await session.Api.PostSignedAsync($"whitelist/{id}/approvals", detached, cancellation)).OfWrite($"'custody whitelist show {id}' tells.").Stops(out var stop, out var answer)
            ? stop
            : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(
                $"{Theme.Good("✓")} Signed; {Theme.Text(answer.Text("approvals"))} of {Theme.Text(answer.Text("needed"))} approvers."));
    }

    private static async Task<CliOutcome> SayAsync(
        CommandContext context, Session session, VerifiedEntry verified, string path, WhitelistAction action, string reason, CancellationToken cancellation)
    {
        var entry = verified.Entry;
        if (action == WhitelistAction.Reinstate && verified.SuspensionAsTold is null)
        {
            return CliOutcome.Refused.Because(RefusalCode.WhitelistStatusMismatch.Text(), "The entry is not suspended.", "Nothing was signed.");
        }

        var statement = new WhitelistStatement(
            1, entry.EntryId, entry.Digest(), action, session.Profile.Id, reason, context.Now, context.Now + Lifetime, session.Profile.DeviceId,
            action == WhitelistAction.Reinstate ? verified.SuspensionAsTold : null);
        var compact = await session.SignAsync(DocumentType.WhitelistStatement, statement, context.Now, cancellation);
        return (await session.Api.PostSignedAsync($"whitelist/{entry.EntryId}/{path}", compact, cancellation))
            .OfWrite($"'custody whitelist show {entry.EntryId}' tells.").Stops(out var stop, out var answer)
            ? stop
            : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(
                action == WhitelistAction.Reject ? $"{Theme.Good("✓")} Rejected; the entry ends."
                : answer.Text("needed") is { } needed ? $"{Theme.Good("✓")} Signed; {Theme.Text(answer.Text("approvals"))} of {Theme.Text(needed)} approvers."
                : $"{Theme.Good("✓")} Reinstated; a new cooling-off runs."));
    }

    private static async Task<Step<VerifiedEntry>> FetchAsync(CommandContext context, Session session, string id, CancellationToken cancellation)
    {
        if (session.Profile.DeviceId is not { } deviceId)
        {
            return new CliOutcome.Usage("The profile names no deviceId, and a signature is a device's.");
        }

        if ((await session.Api.GetAsync($"whitelist/{id}/bundle", cancellation)).OfRead().Stops(out var stop, out var answer)
            || answer.As<EntryBundle>().Stops(out stop, out var told))
        {
            return stop;
        }

        var profile = session.Profile;
        var terms = new BundleTerms(id, profile.TrustRoot, session.Home.ReadSeen(profile.TrustRoot), profile.Id, deviceId, profile.KeyId);
        switch (EntryVerifier.Verify(told, terms, context.Now))
        {
            case EntryReading.Verified { Entry: var verified }:
                session.Home.Remember(profile.TrustRoot, new SeenGovernance(verified.Governed.Document.Version, verified.Governed.Digest));
                return verified;
            case EntryReading.Refused refused:
                return CliOutcome.Refused.Because(
                    refused.Code.Text(), "The entry does not verify. Nothing was signed.", refused.Detail, ("fact", JsonNamingPolicy.CamelCase.ConvertName(refused.Fact.ToString())));
            default:
                throw new InvalidOperationException("A bundle is either verified or refused.");
        }
    }

    // Not the last characters: those are what look-alikes share.
    private static bool Confirm(CliEnvironment environment, VerifiedEntry verified, string word)
    {
        var (group, number) = AddressText.MiddleGroup(verified.Entry.Address);
        environment.OutputConsole.Markup($"To {Theme.Strong(word)}, type the address's group number {number}: ");
        return string.Equals(environment.Input.ReadLine()?.Trim(), group, StringComparison.OrdinalIgnoreCase);
    }

    private static Option<bool> Yes() => new("--yes") { Description = "Do not ask; for scripts." };
}
