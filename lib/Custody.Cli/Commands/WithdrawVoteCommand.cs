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

/// <summary><c>custody withdraw-vote</c>: an approver takes their vote back while nothing can have been signed.</summary>
internal static class WithdrawVoteCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        var reason = ReasonOption.Create();
        return new Command("withdraw-vote", "Take your vote back; after the quorum this ends the withdrawal.") { id, reason }
            .Runs(environment, [ProfileKind.Approver], async (context, session, cancellation) =>
            {
                if (session.Profile.DeviceId is not { } device)
                {
                    return new CliOutcome.Usage("The profile names no deviceId, and a vote is a device's.");
                }

                var withdrawal = context.Value(id);
                if ((await session.Api.GetAsync($"withdrawals/{withdrawal}", cancellation)).OfRead().Stops(out var stop, out var shown))
                {
                    return stop;
                }

                // Nothing is authorised by this: who is shown a wrong digest here gets a refusal, not a payment.
                var statement = new ApprovalWithdrawal(
                    1, withdrawal, shown.Text("intentDigest") ?? "", int.TryParse(shown.Text("attempt"), out var attempt) ? attempt : 0, session.Profile.Id, device,
                    context.Value(reason)!, context.Now, context.Now + TimeSpan.FromHours(1));
                var compact = await session.SignAsync(DocumentType.ApprovalWithdrawal, statement, context.Now, cancellation);
                var reply = await session.Api.PostSignedAsync($"withdrawals/{withdrawal}/approvals/withdraw", compact, cancellation);
                return reply.OfWrite($"'custody show {withdrawal}' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(
                        $"{Theme.Good("✓")} Your vote on {Theme.Text(withdrawal)} no longer counts; the withdrawal is {Theme.Text(answer.Text("status"))}."));
            });
    }
}
