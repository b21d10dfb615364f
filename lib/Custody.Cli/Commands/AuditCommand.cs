using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody audit verify</c>: computes a withdrawal's audit chain again, from the API or from a saved answer.</summary>
internal static class AuditCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var id = new Argument<string>("ID") { Description = "The withdrawal: w and 32 hex digits.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string>("--file") { Description = "A saved answer of GET …/audit; needs no API and no profile.", HelpName = "FILE" };
        var verify = new Command("verify", "Verify a withdrawal's audit trail and show it.") { id, file };
        verify.Validators.Add(result =>
        {
            var (named, saved) = (result.GetResult(id)?.Tokens.SingleOrDefault()?.Value, result.GetResult(file));
            if (named is null && saved is null)
            {
                result.AddError("Name the withdrawal, or a saved answer with --file.");
            }
            else if (named is not null && !WithdrawalId.IsValid(named))
            {
                result.AddError($"'{named}' is not a withdrawal's id: w and 32 lower-case hex digits.");
            }
        });
        return new Command("audit", "What happened, as a hash chain.")
        {
            verify.Runs(environment, async (context, cancellation) => context.Value(file) is { } path
                ? FromFile(path, context.Optional(id))
                : await FromApiAsync(context, context.Value(id), cancellation)),
        };
    }

    private static CliOutcome FromFile(string path, string? id)
    {
        try
        {
            var trail = CanonicalJson.DeserializeLoose<AuditAnswer>(File.ReadAllBytes(path));
            return Verify(trail, id ?? trail.Subject);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new CliOutcome.Usage($"The file '{path}' cannot be read: {unreadable.Message}");
        }
        catch (JsonException malformed)
        {
            return new CliOutcome.Usage($"The file '{path}' is not an audit trail as the API answers it: {malformed.Message}");
        }
    }

    private static async Task<CliOutcome> FromApiAsync(CommandContext context, string id, CancellationToken cancellation)
    {
        if (context.Open(ProfileKind.Client, ProfileKind.Approver, ProfileKind.Operator).Stops(out var stop, out var session))
        {
            return stop;
        }

        await using (session)
        {
            return (await session.Api.GetAsync($"withdrawals/{id}/audit", cancellation)).OfRead().Stops(out stop, out var answer)
                || answer.As<AuditAnswer>().Stops(out stop, out var trail)
                    ? stop
                    : Verify(trail, id);
        }
    }

    private static CliOutcome Verify(AuditAnswer trail, string id)
    {
        if (AuditChain.Problem(id, trail.Records, trail.Head) is { } problem)
        {
            return CliOutcome.Refused.Because(Codes.AuditBroken, "The audit trail does not verify.", problem, ("subject", id));
        }

        var document = new JsonObject
        {
            ["subject"] = id,
            ["verified"] = true,
            ["records"] = trail.Records.Count,
            ["head"] = trail.Head,
            ["events"] = JsonSerializer.SerializeToNode(trail.Records, CanonicalJson.Options),
        };
        return new CliOutcome.Done(document, console => Paint(console, trail, id));
    }

    private static void Paint(IAnsiConsole console, AuditAnswer trail, string id)
    {
        console.MarkupLine($"{Theme.Good("✓")} {Theme.Strong($"{trail.Records.Count} records of {id} verify")}");
        var table = Tables.Create("#", "at", "stage", "what", "by", "detail");
        foreach (var record in trail.Records)
        {
            var happened = record.Event;
            table.AddRow(
                Theme.Quiet(record.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Theme.Text(InstantJsonConverter.Format(record.At)),
                Theme.Text(happened.Stage),
                happened.Code is { } code ? $"{Theme.Text(happened.Action)} {Theme.Attention(code)}" : Theme.Text(happened.Action),
                Theme.Text(happened.Actor),
                Theme.Text(happened.Detail));
        }

        console.Write(table);
        console.MarkupLine($"  {Theme.Quiet($"head {trail.Head}")}");
    }
}
