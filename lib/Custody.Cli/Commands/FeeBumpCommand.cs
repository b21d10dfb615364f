using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Amendments;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody fee-bump</c>: an operator proposes that a signed payment which is in no block may cost more. It approves nothing.</summary>
internal static class FeeBumpCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var id = WithdrawalArgument.Create();
        var maxTotal = WeiOption("--max-total", "The new most that the transaction may cost, in base units of the chain's coin; unless given, all that governance permits.");
        var maxRate = WeiOption("--max-rate", "The new most that it may offer for a unit of gas, in base units; unless given, all that governance permits.");
        var reason = ReasonOption.Create();
        return new Command("fee-bump", "Propose a higher fee for a payment that is signed and in no block; approvers of its own must agree.") { id, maxTotal, maxRate, reason }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                var withdrawal = context.Value(id)!;
                if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed)
                    || (await PaymentAsync(session, withdrawal, cancellation)).Stops(out stop, out var payment))
                {
                    return stop;
                }

                if (Terms(payment, governed) is not { Count: > 0 } terms)
                {
                    return CliOutcome.Refused.Because(RefusalCode.AmendmentNotGoverned.Text(), "Nothing may be proposed.", $"The rule '{SafeText.Of(payment.RuleId)}' has no terms for fee bumps.");
                }

                var caps = terms.Select(t => AmendmentCaps.Of(t, payment)).ToList();
                var statement = new FeeBumpStatement(
                    1, withdrawal, payment.Attempt, payment.Digest(), context.Value(maxTotal) ?? caps.Min(c => c.MaxTotal), context.Value(maxRate) ?? caps.Min(c => c.MaxRate),
                    session.Profile.Id, context.Value(reason)!, context.Now, context.Now + TimeSpan.FromSeconds(terms.Min(t => t.ApprovalSeconds)));
                var compact = await session.SignAsync(DocumentType.FeeBump, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync($"withdrawals/{withdrawal}/fee-bumps", compact, cancellation)).OfWrite($"'custody show {withdrawal}' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(
                        $"{Theme.Attention("…")} Proposed a fee of at most {Theme.Text(answer.Text("maxTotal"))}; {Theme.Text(answer.Text("needed"))} must approve it by {Theme.Text(answer.Text("deadline"))}."));
            });
    }

    // A proposal approves nothing, and names the payment by its digest: what the server tells of it is enough.
    private static async Task<Step<WithdrawalIntent>> PaymentAsync(Session session, string id, CancellationToken cancellation)
    {
        if ((await session.Api.GetAsync($"withdrawals/{id}/bundle", cancellation)).OfRead().Stops(out var stop, out var answer)
            || answer.As<ApprovalBundle>().Stops(out stop, out var bundle))
        {
            return stop;
        }

        try
        {
            if (StrictBase64Url.TryDecode(bundle.Intent ?? "!", out var canonical))
            {
                return CanonicalJson.Deserialize<WithdrawalIntent>(canonical);
            }
        }
        catch (System.Text.Json.JsonException)
        {
            // Said below: what cannot be read is not there.
        }

        return CliOutcome.Refused.Because(RefusalCode.IntentTampered.Text(), "The payment's intent cannot be read.", "Nothing was signed.");
    }

    private static List<Core.Policy.AmendmentTerms>? Terms(WithdrawalIntent payment, Governed governed)
    {
        var rules = IntentTerms.Of(payment, governed).Rules.Select(r => r.Rule.FeeBump).ToList();
        return rules.Any(t => t is null) ? null : [.. rules.OfType<Core.Policy.AmendmentTerms>()];
    }

    private static Option<BigInteger?> WeiOption(string name, string description) => new(name)
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
