using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Approvals;
using Custody.Core.Intents;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody approve</c> and <c>custody reject</c>: verify the whole bundle here, show it, ask, and only then sign.</summary>
internal static class VoteCommand
{
    public static Command Approve(CliEnvironment environment) =>
        Create(environment, "approve", "Verify a withdrawal, read it, and sign that it may be paid.", ApprovalDecision.Approve, reason: null);

    public static Command Reject(CliEnvironment environment) =>
        Create(environment, "reject", "Verify a withdrawal, read it, and sign that it may not be paid: one rejection ends it.", ApprovalDecision.Reject, ReasonOption.Create());

    private static Command Create(CliEnvironment environment, string name, string description, ApprovalDecision decision, Option<string>? reason)
    {
        var id = WithdrawalArgument.Create();
        var yes = new Option<bool>("--yes") { Description = "Do not ask; for scripts." };
        var command = new Command(name, description) { id, yes };
        if (reason is not null)
        {
            command.Add(reason);
        }

        return command.Runs(environment, [ProfileKind.Approver], (context, session, cancellation) =>
            context.Json && !context.Value(yes)
                ? Task.FromResult<CliOutcome>(new CliOutcome.Usage("With --json nobody can be asked; add --yes to sign without a question."))
                : RunAsync(context, session, new Vote(context.Value(id), decision, reason is null ? null : context.Value(reason), context.Value(yes)), cancellation));
    }

    private static async Task<CliOutcome> RunAsync(CommandContext context, Session session, Vote vote, CancellationToken cancellation)
    {
        if ((await FetchAsync(session, vote.WithdrawalId, cancellation)).Stops(out var stop, out var told))
        {
            return stop;
        }

        if (Verify(context, session, vote.WithdrawalId, told).Stops(out stop, out var read))
        {
            return vote.Decision == ApprovalDecision.Reject ? await RejectUnverifiedAsync(context, session, vote, told, stop, cancellation) : stop;
        }

        if (!context.Json)
        {
            PagePainter.Paint(context.Environment.OutputConsole, read.Page);
        }

        if (read.Voted.Contains(session.Profile.Id))
        {
            return CliOutcome.Refused.Because(RefusalCode.DuplicateVote.Text(), read.Amended is null ? "You have voted on this attempt." : "You have voted on this.", "One approver votes once; nothing was signed.");
        }

        if (!vote.Yes && !Confirm(context.Environment, read, vote.Decision))
        {
            return CliOutcome.Refused.Because(Codes.NotConfirmed, "Not confirmed.", "Nothing was signed.");
        }

        var intent = read.Intent;
        var statement = new ApprovalStatement(
            1, intent.WithdrawalId, read.Digest, intent.Attempt, vote.Decision, session.Profile.Id, session.Profile.DeviceId!,
            intent.PolicyVersion, context.Now, read.ExpiresAt, vote.Reason);
        var compact = await session.SignAsync(DocumentType.Approval, statement, context.Now, cancellation);
        var reply = await session.Api.PostSignedAsync($"withdrawals/{intent.WithdrawalId}/approvals", compact, cancellation);
        return reply.OfWrite($"'custody show {intent.WithdrawalId}' tells.").Stops(out stop, out var answer)
            ? stop
            : new CliOutcome.Done(Document(answer, read), console => Paint(console, answer, vote.Decision, read.Amended));
    }

    private static async Task<Step<ApprovalBundle>> FetchAsync(Session session, string id, CancellationToken cancellation) =>
        session.Profile.DeviceId is null ? new CliOutcome.Usage("The profile names no deviceId, and a vote is a device's.")
        : (await session.Api.GetAsync($"withdrawals/{id}/bundle", cancellation)).OfRead().Stops(out var stop, out var answer)
            || answer.As<ApprovalBundle>().Stops(out stop, out var told)
                ? stop
                : told;

    private static Step<ReadIntent> Verify(CommandContext context, Session session, string id, ApprovalBundle told)
    {
        var profile = session.Profile;
        var terms = new BundleTerms(id, profile.TrustRoot, session.Home.ReadSeen(profile.TrustRoot), profile.Id, profile.DeviceId!, profile.KeyId);
        switch (BundleVerifier.Verify(told, terms, context.Now))
        {
            case BundleReading.Verified { Bundle: var bundle }:
                session.Home.Remember(profile.TrustRoot, new SeenGovernance(bundle.Newest.Document.Version, bundle.Newest.Digest));
                return new ReadIntent(
                    bundle.Intent, bundle.IntentDigest, bundle.Intent.ExpiresAt, [.. bundle.Votes.Select(v => v.Approver.Id)], bundle.Intent.Destination, IntentRenderer.Render(bundle, context.Now), null);
            case BundleReading.VerifiedAmendment { Amendment: var amendment }:
                session.Home.Remember(profile.TrustRoot, new SeenGovernance(amendment.Newest.Document.Version, amendment.Newest.Digest));
                return new ReadIntent(
                    amendment.Intent, amendment.IntentDigest, amendment.Deadline, [.. amendment.Votes.Select(v => v.Approver.Id)], amendment.Payment.Destination,
                    AmendmentRenderer.Render(amendment, context.Now), amendment.Intent.Kind == IntentKind.Cancel ? "the cancel" : "the fee bump");
            case BundleReading.Refused refused:
                return CliOutcome.Refused.Because(
                    refused.Code.Text(),
                    "The withdrawal does not verify. Nothing was signed.",
                    refused.Detail,
                    ("fact", JsonNamingPolicy.CamelCase.ConvertName(refused.Fact.ToString())));
            default:
                throw new InvalidOperationException("A bundle is either verified or refused.");
        }
    }

    // What does not verify is never approved, and may well be rejected: a rejection asserts nothing about what it names.
    private static async Task<CliOutcome> RejectUnverifiedAsync(
        CommandContext context, Session session, Vote vote, ApprovalBundle told, CliOutcome why, CancellationToken cancellation)
    {
        if (told.Id != vote.WithdrawalId || (told.Amendment?.IntentDigest ?? told.IntentDigest) is not { Length: 64 } digest || !digest.All(char.IsAsciiHexDigitLower))
        {
            return why;
        }

        if (!vote.Yes)
        {
            context.Environment.OutputConsole.Markup($"{Theme.Bad("The withdrawal does not verify.")} To reject it all the same, type {Theme.Strong("reject")}: ");
            if (context.Environment.Input.ReadLine()?.Trim() != "reject")
            {
                return why;
            }
        }

        var seen = session.Home.ReadSeen(session.Profile.TrustRoot);
        var statement = new ApprovalStatement(
            1, vote.WithdrawalId, digest, told.Attempt, ApprovalDecision.Reject, session.Profile.Id, session.Profile.DeviceId!,
            seen?.Version ?? 1, context.Now, context.Now + TimeSpan.FromHours(1), vote.Reason);
        var compact = await session.SignAsync(DocumentType.Approval, statement, context.Now, cancellation);
        var reply = await session.Api.PostSignedAsync($"withdrawals/{vote.WithdrawalId}/approvals", compact, cancellation);
        return reply.OfWrite($"'custody show {vote.WithdrawalId}' tells.").Stops(out var stop, out var answer)
            ? stop
            : new CliOutcome.Done(answer.Document(), console => Paint(console, answer, vote.Decision, told.Amendment is null ? null : "what was ordered"));
    }

    private static bool Confirm(CliEnvironment environment, ReadIntent read, ApprovalDecision decision)
    {
        var expected = AddressText.Confirmation(read.Address);
        var what = read.Amended is null ? "of the address" : "of the address that the payment pays";
        environment.OutputConsole.Markup($"To {Theme.Strong(Word(decision))}{(read.Amended is null ? "" : $" {read.Amended}")}, type the last {expected.Length} characters {what}: ");
        return string.Equals(environment.Input.ReadLine()?.Trim(), expected, StringComparison.OrdinalIgnoreCase);
    }

    private static JsonNode Document(AnsweredBody answer, ReadIntent read)
    {
        var document = answer.Document();
        if (document is JsonObject members)
        {
            members["attempt"] = read.Intent.Attempt;
            members["intentDigest"] = read.Digest;
            members["policyVersion"] = read.Intent.PolicyVersion;
        }

        return document;
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer, ApprovalDecision decision, string? amended) => console.MarkupLine(
        decision == ApprovalDecision.Approve
            ? $"{Theme.Good("✓")} Approved{(amended is null ? "" : $" {amended}")}; {Theme.Text(answer.Text("approvals"))} of {Theme.Text(answer.Text("needed"))} approvals."
            : $"{Theme.Good("✓")} Rejected; {(amended is null ? "the withdrawal ends" : $"{amended} ends, and the withdrawal goes on")}.");

    private static string Word(ApprovalDecision decision) => decision.ToString().ToLowerInvariant();

    private sealed record Vote(string WithdrawalId, ApprovalDecision Decision, string? Reason, bool Yes);

    /// <summary>What was verified and is shown.</summary>
    private sealed record ReadIntent(WithdrawalIntent Intent, string Digest, DateTimeOffset ExpiresAt, IReadOnlyList<string> Voted, string Address, IntentPage Page, string? Amended);
}
