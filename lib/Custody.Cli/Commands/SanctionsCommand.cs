using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Intents;
using Custody.Core.Screening;
using Custody.Core.Screening.Files;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody sanctions</c>: the sanctions lists that payments are screened against.</summary>
internal static class SanctionsCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment) => new("sanctions", "The sanctions lists that payments are screened against.")
    {
        List(environment),
        Import(environment),
    };

    private static Command List(CliEnvironment environment) => new Command("list", "Show each governed list, and whether it may be used now.")
        .Runs(environment, [ProfileKind.Operator], async (_, session, cancellation) =>
            (await session.Api.GetAsync("sanctions", cancellation)).OfRead().Stops(out var stop, out var answer)
                ? stop
                : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));

    private static Command Import(CliEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "SDN.XML or SDN_ADVANCED.XML as OFAC publishes them, or the simple text form (docs/screening.md)." };
        var source = new Option<string>("--source") { Description = "Which governed list it is, such as ofac-sdn.", Required = true, HelpName = "SOURCE" };
        source.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Identifier.IsValid(token.Value))
            {
                result.AddError($"--source must be {Identifier.Form}.");
            }
        });
        return new Command("import", "Read a list here, and vouch with your signature that it is the newest.") { file, source }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                if (Read(context.Value(file), context.Value(source)!).Stops(out var stop, out var list))
                {
                    return stop;
                }

                var compact = await session.SignAsync(DocumentType.SanctionsList, list, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("sanctions", compact, cancellation)).OfWrite("'custody sanctions list' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Signed {Theme.Text(list.Source)}, which lacks addresses of the list in force; a second operator must import the same file."
                        : $"{Theme.Good("✓")} In force: {Theme.Text(list.Source)}, {list.Entries.Count} addresses, published {Theme.Text($"{list.PublishedAt:yyyy-MM-dd}")}, file {Theme.Text(list.FileDigest)}."));
            });
    }

    private static Step<SanctionsList> Read(string path, string source)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return SanctionsFile.Read(stream, source) switch
            {
                SanctionsFileReading.Read read => read.List,
                SanctionsFileReading.Unusable unusable => new CliOutcome.Usage($"The file '{path}' cannot be used: {unusable.Sentence}"),
                _ => throw new InvalidOperationException("A file is either read or unusable."),
            };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new CliOutcome.Usage($"The file '{path}' cannot be read: {unreadable.Message}");
        }
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Bad("Governance asks for no list, so nothing may be paid."));
            return;
        }

        var table = Tables.Create("source", "addresses", "published", "imported", "stale", "");
        foreach (var item in items)
        {
            table.Row(
                Theme.Text(AnsweredBody.Text(item, "source")),
                Theme.Text(AnsweredBody.Text(item, "entries")),
                Theme.Text(AnsweredBody.Text(item, "publishedAt")),
                Theme.Text(AnsweredBody.Text(item, "importedAt")),
                Theme.Text(AnsweredBody.Text(item, "staleAt")),
                AnsweredBody.Text(item, "usable") == "true" ? Theme.Good("usable") : Theme.Bad(AnsweredBody.Text(item, "detail")));
        }

        console.Write(table);
    }
}
