using System.CommandLine;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Maintenance;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody maintenance gas-funding</c>: an operator's part of an order that one vault sends another coin for its gas.</summary>
internal static class GasFundingCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment)
    {
        var from = new Option<string>("--from") { Description = "The vault that pays.", Required = true, HelpName = "ID" };
        var to = new Option<string>("--to") { Description = "The vault that is funded.", Required = true, HelpName = "ID" };
        var amount = new Option<string>("--amount") { Description = "How much native coin: base units, or units with their symbol, such as '0.1 ETH'.", Required = true, HelpName = "AMOUNT" };
        var reference = new Option<string>("--reference") { Description = "Your own name for it, the same from all who sign, and new for each.", Required = true, HelpName = "TEXT" };
        var maxTotal = MaintenanceCommand.WeiOption("--max-total", "Most that it may cost, in base units of the chain's coin; unless given, all that governance permits.");
        var maxRate = MaintenanceCommand.WeiOption("--max-rate", "Most that it may offer for a unit of gas, in base units; unless given, all that governance permits.");
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long your signature waits for the other operators'.", TimeSpan.FromDays(1));
        return new Command("gas-funding", "Sign your part of an order that one vault sends another of our own native coin, for the gas of its tokens.")
        {
            from, to, amount, reference, maxTotal, maxRate, reason, expires,
        }.Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
        {
            // Both accounts are re-derived from the governed public keys, verified from the root pinned here: nothing is signed that the server says.
            if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed))
            {
                return stop;
            }

            var (payer, payee) = (governed.Vault(context.Value(from)!), governed.Vault(context.Value(to)!));
            if (payer is null || payee is null || payer.Id == payee.Id || payer.Chain != payee.Chain || !payer.Chain.IsEvm)
            {
                return CliOutcome.Refused.Because(
                    RefusalCode.MaintenanceAccountWrong.Text(), "There are no such two vaults.",
                    $"Governance registers no two vaults '{context.Value(from)}' and '{context.Value(to)}' with accounts on the same chain.");
            }

            if (governed.Chain(payer.Chain)?.Maintenance?.GasFunding is not { } terms)
            {
                return CliOutcome.Refused.Because(RefusalCode.MaintenanceNotGoverned.Text(), "Nothing may be ordered.", $"Governance has no terms for gas funding on {payer.Chain}.");
            }

            var coin = governed.Document.Assets.FirstOrDefault(a => a.Id.Chain == payer.Chain && a.Id.IsNative);
            if (AmountText.Problem("--amount", context.Value(amount)!, coin, out var wei) is { } problem)
            {
                return problem;
            }

            var statement = new MaintenanceStatement(
                1, MaintenanceKind.GasFunding, payer.Id, payer.Chain, payer.EvmAddress().ToString(), null,
                context.Value(maxTotal) ?? terms.MaxTotal, context.Value(maxRate) ?? terms.MaxRate,
                session.Profile.Id, context.Value(reason)!, context.Now, context.Now + context.Value(expires),
                new FundingOrder(payee.Id, payee.EvmAddress().ToString(), wei, context.Value(reference)!));
            var compact = await session.SignAsync(DocumentType.Maintenance, statement, context.Now, cancellation);
            if ((await session.Api.PostSignedAsync("maintenance/gas-fundings", compact, cancellation)).OfWrite("'custody maintenance list --gas-funding' tells.").Stops(out stop, out var answer))
            {
                return stop;
            }

            var what = Theme.Text($"{(coin is null ? $"{wei} base units" : $"{UnitAmount.Format(wei, coin.Decimals)} {coin.Symbol}")} from {payer.Id} to {payee.Id}, {statement.Funding!.Account}");
            return new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                ? $"{Theme.Attention("…")} Signed: {what}; {Theme.Text(answer.Text("needed"))} operators must sign the same, and {Theme.Text(answer.Text("signatures"))} did."
                : $"{Theme.Good("✓")} Ordered: {what}."));
        });
    }
}
