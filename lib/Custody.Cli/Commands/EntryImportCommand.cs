using System.CommandLine;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary>
/// <c>custody whitelist sign-file</c> and <c>import</c>: a file of destinations that the client signed is proposed line by line,
/// each line an entry of its own with a result of its own. Its entries are dated by the file's signature, so the same file a
/// second time proposes nothing new.
/// </summary>
internal static class EntryImportCommand
{
    public static Command Sign(CliEnvironment environment)
    {
        var file = FileArgument();
        return new Command("sign-file", "Print the detached signature of an import file, over its exact bytes.") { file }
            .Runs(environment, [ProfileKind.Client], async (context, session, cancellation) =>
            {
                var bytes = await File.ReadAllBytesAsync(context.Value(file), cancellation);
                if (ImportFile.Read(bytes, out var problem) is null)
                {
                    return new CliOutcome.Usage($"'{context.Value(file)}' cannot be imported: {problem}");
                }

                var signature = await Jws.SignAsync(session.Signer, DocumentType.WhitelistImport, bytes, context.Now, detached: true, cancellation);
                return new CliOutcome.Done(new JsonObject { ["signature"] = signature }, _ => context.Environment.Output.WriteLine(signature));
            });
    }

    public static Command Create(CliEnvironment environment)
    {
        var file = FileArgument();
        var signature = new Option<string>("--signature") { Description = "The file that holds its signature, from 'custody whitelist sign-file'.", Required = true, HelpName = "FILE" };
        return new Command("import", "Propose every line of a signed file.") { file, signature }
            .Runs(environment, [ProfileKind.Client], (context, session, cancellation) =>
                RunAsync(context, session, context.Value(file), context.Value(signature)!, cancellation));
    }

    private static async Task<CliOutcome> RunAsync(CommandContext context, Session session, string file, string signatureFile, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        var signature = (await File.ReadAllTextAsync(signatureFile, cancellation)).Trim();
        if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed))
        {
            return stop;
        }

        if (Jws.VerifyDetached(signature, bytes, DocumentType.WhitelistImport, governed.Keys(KeyRole.Client), context.Now) is not JwsVerification.Valid valid
            || governed.Holder(valid.Key.KeyId, KeyRole.Client)?.OwnerId != session.Profile.Id)
        {
            return CliOutcome.Refused.Because(RefusalCode.SignatureInvalid.Text(), "The file is not signed by this client.", "Nothing was proposed.");
        }

        if (ImportFile.Read(bytes, out var problem) is not { } lines)
        {
            return new CliOutcome.Usage($"'{file}' cannot be imported: {problem}");
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(valid.Header.IssuedAt!.Value);
        var results = new List<LineResult>();
        foreach (var line in lines)
        {
            results.Add(await ProposeAsync(session, line, at, governed, cancellation));
        }

        return Outcome(results);
    }

    private static async Task<LineResult> ProposeAsync(Session session, ImportLine line, DateTimeOffset at, Governed governed, CancellationToken cancellation)
    {
        if (line.Problem is not null)
        {
            return new LineResult(line, RefusalCode.BodyMalformed.Text(), line.Problem);
        }

        var entry = EntryComposer.Compose(line.EntryId, session.Profile.Id, line.CustomerId, line.Chain, line.Address, line.Label, at, governed, out var verdict);
        if (entry is null)
        {
            return new LineResult(line, verdict.Code.Text(), verdict.Detail);
        }

        var compact = await session.SignAsync(DocumentType.WhitelistEntry, entry, at, cancellation);
        return await session.Api.PostSignedAsync("whitelist", compact, cancellation) switch
        {
            ApiReply.Answered answered => new LineResult(line, null, AnsweredBody.Text(answered.Body, "status") ?? ""),
            ApiReply.Problem refused => new LineResult(line, (string?)refused.Body["code"] ?? RefusalCode.Unspecified.Text(), (string?)refused.Body["detail"] ?? ""),
            ApiReply.Unreachable unreachable => new LineResult(line, Codes.Unreachable, unreachable.Detail),
            _ => new LineResult(line, Codes.OutcomeUnknown, "No answer came; the same file can be imported again."),
        };
    }

    private static CliOutcome Outcome(List<LineResult> results)
    {
        var refused = results.Count(r => r.Code is not null);
        var items = new JsonArray([.. results.Select(r => (JsonNode)new JsonObject { ["line"] = r.Line.Number, ["entry"] = r.Line.EntryId, ["code"] = r.Code, ["detail"] = r.Detail })]);
        return refused > 0
            ? CliOutcome.Refused.Because(
                Codes.ImportIncomplete, $"{refused} of {results.Count} lines were refused.",
                string.Join(" ", results.Where(r => r.Code is not null).Take(20).Select(r => $"Line {r.Line.Number}: {r.Code}: {r.Detail}")), ("lines", items))
            : new CliOutcome.Done(new JsonObject { ["lines"] = items }, console =>
            {
                var table = Tables.Create("line", "entry", "result");
                foreach (var result in results)
                {
                    table.Row(Theme.Quiet($"{result.Line.Number}"), Theme.Text(result.Line.EntryId), Theme.Good(result.Detail));
                }

                console.Write(table);
            });
    }

    private static Argument<string> FileArgument() => new("FILE") { Description = $"Comma-separated values whose first line is {ImportFile.Header}." };

    private sealed record LineResult(ImportLine Line, string? Code, string Detail);
}
