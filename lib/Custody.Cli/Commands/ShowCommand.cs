using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody show</c>: one withdrawal.</summary>
internal static class ShowCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        return new Command("show", "Show a withdrawal.") { id }
            .Runs(environment, [ProfileKind.Client, ProfileKind.Approver, ProfileKind.Operator], async (context, session, cancellation) =>
                (await session.Api.GetAsync($"withdrawals/{context.Value(id)}", cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));
    }

    public static void Paint(IAnsiConsole console, AnsweredBody withdrawal)
    {
        console.MarkupLine($"{Theme.Strong($"Withdrawal {withdrawal.Text("id")}")}  {StatusText.Of(withdrawal.Text("status"))}");
        Facts.Write(
            console,
            ("Reason", Joined(": ", withdrawal.Text("reason"), withdrawal.Text("reasonDetail"))),
            ("Amount", Joined(" base units of ", withdrawal.Text("amount"), withdrawal.Text("asset"))),
            ("To", withdrawal.Text("destination")),
            ("Entry", withdrawal.Text("whitelistEntryId")),
            ("For", Joined(" of ", withdrawal.Text("customerId"), withdrawal.Text("clientId"))),
            ("Request", withdrawal.Text("requestId")),
            ("Vault", withdrawal.Text("vaultId")),
            ("Attempt", withdrawal.Text("attempt")),
            ("Hold", Joined(", held at ", withdrawal.Text("hold") is "0" ? null : withdrawal.Text("hold"), withdrawal.Text("heldAt"))),
            ("Approve by", withdrawal.Text("approvalDeadline")),
            ("Transaction", withdrawal.Text("transactionId")),
            ("Block", withdrawal.Text("blockNumber")),
            ("Intent", withdrawal.Text("intentDigest")),
            ("Created", withdrawal.Text("createdAt")),
            ("Updated", withdrawal.Text("updatedAt")));
    }

    private static string? Joined(string between, string? first, string? second) =>
        first is null ? null : second is null ? first : first + between + second;
}
