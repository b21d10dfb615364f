using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody maintenance</c>: what operators order for the upkeep of a vault's account.</summary>
internal static class MaintenanceCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment) =>
        new("maintenance", "Order what a vault does for its own upkeep, and see how far it is.") { GapFill(environment), GasFundingCommand.Create(environment), List(environment), RewindCommand.Create(environment) };

    private static Command GapFill(CliEnvironment environment)
    {
        var vault = new Option<string>("--vault") { Description = "The vault.", Required = true, HelpName = "ID" };
        var nonce = new Option<ulong>("--nonce") { Description = "The nonce that nothing takes.", Required = true, HelpName = "N" };
        var maxTotal = WeiOption("--max-total", "Most that it may cost, in base units of the chain's coin; unless given, all that governance permits.");
        var maxRate = WeiOption("--max-rate", "Most that it may offer for a unit of gas, in base units; unless given, all that governance permits.");
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long your signature waits for the other operators'.", TimeSpan.FromDays(1));
        return new Command("gap-fill", "Sign your part of an order to fill a nonce with a transfer of nothing from the vault's account to itself.") { vault, nonce, maxTotal, maxRate, reason, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                // The account is re-derived from the governed public key, verified from the root pinned here: nothing is signed that the server says.
                if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed))
                {
                    return stop;
                }

                var id = context.Value(vault)!;
                if (governed.Vault(id) is not { } registered || !registered.Chain.IsEvm)
                {
                    return CliOutcome.Refused.Because(RefusalCode.MaintenanceAccountWrong.Text(), "There is no such vault.", $"Governance registers no vault '{id}' with an account that has nonces.");
                }

                if (governed.Chain(registered.Chain)?.Maintenance is not { } terms)
                {
                    return CliOutcome.Refused.Because(RefusalCode.MaintenanceNotGoverned.Text(), "Nothing may be ordered.", $"Governance has no terms for the upkeep of vaults on {registered.Chain}.");
                }

                var statement = new MaintenanceStatement(
                    1, MaintenanceKind.GapFill, id, registered.Chain, registered.EvmAddress().ToString(), context.Value(nonce),
                    context.Value(maxTotal) ?? terms.MaxTotal, context.Value(maxRate) ?? terms.MaxRate,
                    session.Profile.Id, context.Value(reason)!, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.Maintenance, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("maintenance/gap-fills", compact, cancellation)).OfWrite("'custody maintenance list' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Signed the fill of nonce {statement.Nonce} of {Theme.Text(statement.Account)}; {Theme.Text(answer.Text("needed"))} operators must sign the same, and {Theme.Text(answer.Text("signatures"))} did."
                        : $"{Theme.Good("✓")} Ordered: the fill of nonce {statement.Nonce} of {Theme.Text(statement.Account)}."));
            });
    }

    private static Command List(CliEnvironment environment)
    {
        var funding = new Option<bool>("--gas-funding") { Description = "List gas funding instead." };
        return new Command("list", "List the gap fills, or gas funding, the newest first.") { funding }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
                (await session.Api.GetAsync(context.Value(funding) ? "maintenance/gas-fundings" : "maintenance/gap-fills", cancellation)).OfRead().Stops(out var stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => Paint(console, answer, context.Value(funding))));
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer, bool isFunding)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet(isFunding ? "No gas funding was ordered." : "No gap fill was ordered."));
            return;
        }

        var table = Tables.Create("vault", isFunding ? "to, amount" : "nonce", "status", "signed", "transaction or reason");
        foreach (var item in items)
        {
            table.Row(
                Theme.Text(AnsweredBody.Text(item, "vaultId")),
                Theme.Text(isFunding ? Funding(item) : AnsweredBody.Text(item, "nonce")),
                Theme.Text(AnsweredBody.Text(item, "status")),
                Theme.Text($"{AnsweredBody.Text(item, "signatures")} of {AnsweredBody.Text(item, "needed")}"),
                Theme.Text(AnsweredBody.Text(item, "reason") ?? AnsweredBody.Text(item, "transactionId")));
        }

        console.Write(table);
    }

    private static string? Funding(JsonElement item) => item.TryGetProperty("funding", out var funding)
        ? $"{AnsweredBody.Text(funding, "vaultId")}, {AnsweredBody.Text(funding, "amount")} ({AnsweredBody.Text(funding, "reference")})"
        : null;

    internal static Option<BigInteger?> WeiOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "WEI",
        CustomParser = result =>
        {
            if (BigInteger.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount.Sign > 0)
            {
                return amount;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' is not a number of base units above zero.");
            return null;
        },
    };
}
