using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Approvals;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody confirm-video</c>: an operator records the call in which the approvers confirmed a payment.</summary>
internal static class ConfirmVideoCommand
{
    private const int DigestLength = 64;

    public static Command Create(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        var digest = new Option<string>("--digest") { Description = "The intent's digest, as the approvers read it out from their own devices.", Required = true, HelpName = "HEX" };
        var reference = new Option<string>("--reference") { Description = "Where the recording is kept.", Required = true, HelpName = "TEXT" };
        digest.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (token.Value.Length != DigestLength || !token.Value.All(char.IsAsciiHexDigitLower)))
            {
                result.AddError($"--digest '{token.Value}' is not a digest: {DigestLength} lower-case hex digits.");
            }
        });
        reference.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (string.IsNullOrWhiteSpace(token.Value) || token.Value.Length > VideoRule.LongestReference))
            {
                result.AddError($"--reference must be a text of at most {VideoRule.LongestReference} characters.");
            }
        });
        var expires = DurationOption.Create("--expires-in", "How long the record counts; it must outlast the cooling-off.", TimeSpan.FromDays(2));
        return new Command("confirm-video", "Record the video call in which the approvers confirmed a payment.") { id, digest, reference, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var withdrawal = context.Value(id);
                if ((await session.Api.GetAsync($"withdrawals/{withdrawal}", cancellation)).OfRead().Stops(out var stop, out var shown))
                {
                    return stop;
                }

                var statement = new VideoStatement(
                    1, withdrawal, context.Value(digest)!, int.TryParse(shown.Text("attempt"), out var attempt) ? attempt : 0, context.Value(reference)!,
                    session.Profile.Id, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.VideoConfirmation, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync($"withdrawals/{withdrawal}/video-confirmations", compact, cancellation))
                    .OfWrite($"'custody audit {withdrawal}' tells.").Stops(out stop, out var answer)
                        ? stop
                        : new CliOutcome.Done(answer.Document(), console => console.MarkupLine($"{Theme.Good("✓")} Recorded the call for {Theme.Text(withdrawal)}."));
            });
    }
}
