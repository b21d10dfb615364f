using System.CommandLine;
using System.Text.Json;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation;
using Custody.Cli.Outcomes;
using Custody.Cli.Restoring;
using Custody.Cli.Terminal;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Reading;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody restore</c>: what the governors sign to let a restored store start. The app accepts it at a start, and nowhere else.</summary>
internal static class RestoreCommand
{
    public static Command Create(CliEnvironment environment) =>
        new("restore", "Let a restored store start: draft what was lost, and sign it as a governor.") { Draft(environment), Sign(environment) };

    private static Command Draft(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "Where the draft is written; it must not be there." };
        var settings = new Option<string>("--settings") { Description = "The app's settings (default settings.json in the home).", HelpName = "FILE" };
        var governance = new Option<string>("--governance") { Description = "Every governance version up to the newest, as GET /api/v1/governance/chain answered it, where the store has lost some.", HelpName = "FILE" };
        var bounds = new Option<string[]>("--unknown-below") { Description = "For a vault, the nonce from which on nothing was signed by its device's own log; unless given, as many more as may be in flight.", HelpName = "VAULT=NONCE" };
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long the statement may be used; a day at most.", RestoreStatementRule.Longest);
        return new Command("draft", "Read the restored store, the witness and the chains, and write what the governors have to accept.") { file, settings, governance, bounds, reason, expires }
            .Runs(environment, async (context, cancellation) =>
            {
                var path = context.Value(file);
                if (File.Exists(path))
                {
                    return new CliOutcome.Usage($"The file '{path}' is there already; name one that is not.");
                }

                if (RestoreSettings.Read(context.Value(settings) ?? context.Home.Of(SystemSettings.FileName), environment.Time).Stops(out var stop, out var system)
                    || Versions(context.Value(governance)).Stops(out stop, out var newer)
                    || Bounds(context.Value(bounds) ?? []).Stops(out stop, out var known))
                {
                    return stop;
                }

                try
                {
                    using var nonces = new UsedNonces(system.Nodes);
                    var drafter = new RestoreDrafter(system.Storage, system.Witness, system.TrustRoot, nonces.OfAsync, environment.Time);
                    var (bundle, problem) = await drafter.DraftAsync(context.Value(reason)!, newer.Versions, known, context.Value(expires), cancellation);
                    if (bundle is null)
                    {
                        return CliOutcome.Refused.Because(RefusalCode.RestoreInvalid.Text(), "Nothing was drafted.", problem!);
                    }

                    var reading = RestoreStatementRule.Read(bundle, system.TrustRoot, context.Now);
                    if (reading.Statement is not { } statement)
                    {
                        return CliOutcome.Refused.Because(reading.Verdict.Code.Text(), "Nothing was drafted.", reading.Verdict.Detail);
                    }

                    CustodyHome.WriteNew(Path.GetFullPath(path), bundle.ToBytes());
                    var document = RestorePage.Document(statement, reading.Digest!);
                    document["file"] = path;
                    return new CliOutcome.Done(document, console =>
                    {
                        RestorePage.Paint(console, statement, reading.Digest!);
                        console.MarkupLine($"{Theme.Good("✓")} Drafted: {Theme.Text(path)}. The governors sign it with 'custody restore sign'.");
                    });
                }
                catch (Exception failure) when (failure is JournalBrokenException or Azure.RequestFailedException or AggregateException)
                {
                    return CliOutcome.Refused.Because(RefusalCode.JournalBroken.Text(), "The store cannot be read.", failure.GetBaseException().Message.Split('\n')[0]);
                }
            });
    }

    private static Command Sign(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "A draft, or a statement that others have signed; your signature is added." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask; for scripts." };
        return new Command("sign", "Read what was lost and what is accepted, and sign it.") { file, yes }
            .Runs(environment, [ProfileKind.Governor], async (context, session, cancellation) =>
            {
                var path = context.Value(file);
                if (context.Json && !context.Value(yes))
                {
                    return new CliOutcome.Usage("With --json nobody can be asked; add --yes to sign without a question.");
                }

                if (!File.Exists(path) || RestoreBundle.FromBytes(await File.ReadAllBytesAsync(path, cancellation)) is not { } bundle)
                {
                    return new CliOutcome.Usage($"'{path}' is no restore statement; 'custody restore draft' writes one.");
                }

                var reading = RestoreStatementRule.Read(bundle, session.Profile.TrustRoot, context.Now);
                if (reading is not { Statement: { } statement, Governed: { } governed, Digest: { } digest })
                {
                    return CliOutcome.Refused.Because(reading.Verdict.Code.Text(), "Nothing was signed.", reading.Verdict.Detail);
                }

                // What a governor's own device has seen is what no restored store can take back.
                if (BundleVerifier.Outdated(governed, session.Home.ReadSeen(governed.TrustRoot)) is { } outdated)
                {
                    return CliOutcome.Refused.Because(RefusalCode.GovernanceSuperseded.Text(), "Nothing was signed.", outdated);
                }

                if (governed.Document.Governors.Members.All(g => g.Key.KeyId != session.Profile.KeyId))
                {
                    return CliOutcome.Refused.Because(RefusalCode.RestoreUnsigned.Text(), "Nothing was signed.", $"Governance version {governed.Document.Version} does not name '{session.Profile.Id}' as a governor.");
                }

                if (!context.Json)
                {
                    RestorePage.Paint(environment.OutputConsole, statement, digest);
                }

                if (!context.Value(yes) && !Confirm(environment, digest))
                {
                    return CliOutcome.Refused.Because(Codes.NotConfirmed, "Not confirmed.", "Nothing was signed.");
                }

                var signed = await WithSignatureAsync(bundle, session.Signer, context.Now, cancellation);
                await File.WriteAllBytesAsync(path, signed.ToBytes(), cancellation);
                var document = RestorePage.Document(statement, digest);
                (document["file"], document["signatures"], document["needed"]) = (path, signed.Statement.Signatures.Count, governed.Document.Governors.Quorum);
                return new CliOutcome.Done(
                    document,
                    console => console.MarkupLine($"{Theme.Good("✓")} Signed: {Theme.Text(path)} has {signed.Statement.Signatures.Count} of {governed.Document.Governors.Quorum} signatures."));
            });
    }

    private static async Task<RestoreBundle> WithSignatureAsync(RestoreBundle bundle, IDocumentSigner signer, DateTimeOffset now, CancellationToken cancellation)
    {
        var signature = await Jws.SignAsync(signer, DocumentType.Restore, bundle.Statement.PayloadBytes(), now, detached: true, cancellation);
        var others = bundle.Statement.Signatures.Where(s => Jws.PeekKeyId(s) != signer.KeyId);
        return bundle with { Statement = bundle.Statement with { Signatures = [.. others, signature] } };
    }

    private static bool Confirm(CliEnvironment environment, string digest)
    {
        environment.OutputConsole.Markup($"To {Theme.Strong("sign")}, type the first eight characters of the digest: ");
        return environment.Input.ReadLine()?.Trim() == digest[..8];
    }

    private static Step<GovernanceVersions> Versions(string? path)
    {
        try
        {
            return path is null ? new GovernanceVersions([]) : CanonicalJson.DeserializeLoose<GovernanceVersions>(File.ReadAllBytes(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return new CliOutcome.Usage($"'{path}' holds no governance versions: {unreadable.Message}");
        }
    }

    private static Step<Dictionary<string, ulong>> Bounds(IReadOnlyList<string> texts)
    {
        var bounds = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (text.Split('=') is not [var vault, var number] || !ulong.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var nonce)
                || !bounds.TryAdd(vault, nonce))
            {
                return new CliOutcome.Usage($"--unknown-below '{text}' is not VAULT=NONCE, each vault once.");
            }
        }

        return bounds;
    }
}
