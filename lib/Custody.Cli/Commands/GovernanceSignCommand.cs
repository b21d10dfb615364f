using System.CommandLine;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Governing;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody governance sign</c>: shows a governor what a document changes, asks, and adds the governor's signature to the file.</summary>
internal static class GovernanceSignCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "A draft, which becomes FILE.signed, or a document that others have signed." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask; for scripts." };
        return new Command("sign", "Read what a document changes, and sign it.") { file, yes }
            .Runs(environment, [ProfileKind.Governor], (context, session, cancellation) =>
                context.Json && !context.Value(yes)
                    ? Task.FromResult<CliOutcome>(new CliOutcome.Usage("With --json nobody can be asked; add --yes to sign without a question."))
                    : RunAsync(context, session, context.Value(file), context.Value(yes), cancellation));
    }

    private static async Task<CliOutcome> RunAsync(CommandContext context, Session session, string path, bool yes, CancellationToken cancellation)
    {
        if (DraftFile.Read(path).Stops(out var stop, out var draft)
            || (await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out stop, out var governed))
        {
            return stop;
        }

        var document = draft.Document;
        var changes = GovernanceDiff.Between(governed.Document, document);
        if (document.Version != governed.Document.Version + 1 || document.Previous != governed.Digest || changes.IsEmpty || changes.IsMixed)
        {
            return CliOutcome.Refused.Because(
                changes.IsMixed ? RefusalCode.GovernanceMixed.Text() : changes.IsEmpty ? RefusalCode.GovernanceUnchanged.Text() : RefusalCode.GovernanceNotNext.Text(),
                "It cannot follow the version in force. Nothing was signed.",
                $"It must be version {governed.Document.Version + 1}, name {governed.Digest}, and either tighten or weaken.");
        }

        if (!context.Json)
        {
            DiffPage.Paint(context.Environment.OutputConsole, document, changes);
        }

        if (!yes && !Confirm(context.Environment, document))
        {
            return CliOutcome.Refused.Because(Codes.NotConfirmed, "Not confirmed.", "Nothing was signed.");
        }

        var payload = CanonicalJson.Serialize(document);
        var signature = await Jws.SignAsync(session.Signer, DocumentType.Governance, payload, context.Now, detached: true, cancellation);
        var target = draft.Signatures.Count == 0 && !draft.IsSignedForm ? $"{path}.signed" : path;
        var signatures = draft.Signatures.Where(s => !IsOwn(s, payload, session.Profile.KeyId, governed, context.Now)).Append(signature).ToList();
        await File.WriteAllBytesAsync(target, SignedDocument.Of(payload, signatures).ToBytes(), cancellation);
        return new CliOutcome.Done(
            new JsonObject { ["file"] = target, ["signatures"] = signatures.Count, ["needed"] = governed.Document.Governors.Quorum, ["digest"] = document.Digest() },
            console => console.MarkupLine($"{Theme.Good("✓")} Signed: {Theme.Text(target)} has {signatures.Count} of {governed.Document.Governors.Quorum} signatures."));
    }

    private static bool IsOwn(string signature, byte[] payload, string own, Governed governed, DateTimeOffset now) =>
        Jws.VerifyDetached(signature, payload, DocumentType.Governance, keyId => keyId == own ? governed.Holder(keyId, KeyRole.Governor)?.Key : null, now) is JwsVerification.Valid;

    private static bool Confirm(CliEnvironment environment, GovernanceDocument document)
    {
        environment.OutputConsole.Markup($"To {Theme.Strong("sign")}, type the version's number: ");
        return environment.Input.ReadLine()?.Trim() == document.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
