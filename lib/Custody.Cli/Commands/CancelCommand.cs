using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody cancel</c>: the client takes a withdrawal back; after the signature that needs approvers of its own, and the chain's last word.</summary>
internal static class CancelCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        var reason = ReasonOption.Create();
        return new Command("cancel", "Cancel a withdrawal. Once a signature may exist, approvers must agree, and whichever transaction the chain takes decides.") { id, reason }
            .Runs(environment, [ProfileKind.Client], async (context, session, cancellation) =>
            {
                var withdrawal = context.Value(id);
                var statement = new CancellationStatement(1, withdrawal, session.Profile.Id, context.Value(reason)!, context.Now);
                var compact = await session.SignAsync(DocumentType.Cancellation, statement, context.Now, cancellation);
                var reply = await session.Api.PostSignedAsync($"withdrawals/{withdrawal}/cancellation", compact, cancellation);
                return reply.OfWrite($"'custody show {withdrawal}' tells.").Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Ordered; {Theme.Text(answer.Text("needed"))} must approve the cancel of {Theme.Text(withdrawal)}, and the payment may still be made."
                        : $"{Theme.Good("✓")} Cancelled {Theme.Text(withdrawal)}."));
            });
    }
}
