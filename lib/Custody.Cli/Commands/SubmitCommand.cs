using System.CommandLine;
using System.Numerics;
using System.Security.Cryptography;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody submit</c>: signs a withdrawal request as the exchange and posts it.</summary>
internal static class SubmitCommand
{
    private const int NewlyAccepted = 202;

    public static Command Create(CliEnvironment environment)
    {
        var options = new SubmitOptions();
        return options.AddTo(new Command("submit", "Request a withdrawal."))
            .Runs(environment, [ProfileKind.Client], (context, session, cancellation) => RunAsync(context, session, options, cancellation));
    }

    private static async Task<CliOutcome> RunAsync(CommandContext context, Session session, SubmitOptions options, CancellationToken cancellation)
    {
        if ((await ComposeAsync(context, session, options, cancellation)).Stops(out var stop, out var request))
        {
            return stop;
        }

        var body = CanonicalJson.Serialize(request);
        if (RequestReader.Read(body) is RequestReading.Invalid invalid)
        {
            return new CliOutcome.Usage(invalid.Detail);
        }

        var signature = await Jws.SignAsync(session.Signer, DocumentType.Request, body, context.Now, detached: true, cancellation);
        var id = WithdrawalId.Derive(request.ClientId, request.RequestId);
        return (await session.Api.PostRequestAsync(body, signature, cancellation)).OfWrite($"'custody show {id}' tells.").Stops(out stop, out var answer)
            ? stop
            : new CliOutcome.Done(answer.Document(), console =>
            {
                console.MarkupLine($"{Theme.Good("✓")} {(answer.Status == NewlyAccepted ? "Accepted" : "Accepted before")}");
                Facts.WriteMarkup(
                    console,
                    [
                        ("Withdrawal", Theme.Strong(answer.Text("id"))),
                        ("Status", StatusText.Of(answer.Text("status"))),
                        ("Request", Theme.Text(request.RequestId)),
                    ]);
            });
    }

    /// <summary>The request that the options describe.</summary>
    public static async Task<Step<WithdrawalRequest>> ComposeAsync(
        CommandContext context, Session session, SubmitOptions options, CancellationToken cancellation)
    {
        var (assetText, amountText, feeText) = (context.Value(options.Asset)!, context.Value(options.Amount)!, context.Value(options.MaxFee));
        Governed? governed = null;
        if (!AssetId.TryParse(assetText, null, out var asset) || AmountText.NeedsDecimals(amountText) || (feeText is not null && AmountText.NeedsDecimals(feeText)))
        {
            if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out governed))
            {
                return stop;
            }

            var named = governed.Document.Assets.Where(a => asset == default ? a.Symbol == assetText : a.Id == asset).ToList();
            if (named.Count != 1)
            {
                return new CliOutcome.Usage(
                    $"--asset '{assetText}' names no governed asset by CAIP-19 id or symbol; there are {string.Join(", ", governed.Document.Assets.Select(a => $"{a.Symbol} ({a.Id})"))}.");
            }

            asset = named[0].Id;
        }

        // Fees are paid in the chain's own coin, whatever is withdrawn.
        var coin = governed?.Document.Assets.FirstOrDefault(a => a.Id.Chain == asset.Chain && a.Id.IsNative);
        BigInteger? maxFee = null;
        if (AmountText.Problem("--amount", amountText, governed?.Asset(asset), out var amount) is { } badAmount)
        {
            return badAmount;
        }

        if (feeText is not null)
        {
            if (AmountText.Problem("--max-fee", feeText, coin, out var fee) is { } badFee)
            {
                return badFee;
            }

            maxFee = fee;
        }

        return new WithdrawalRequest(
            session.Profile.Id,
            context.Value(options.Customer)!,
            context.Value(options.RequestId) ?? $"r-{RandomNumberGenerator.GetHexString(16, lowercase: true)}",
            asset,
            amount,
            context.Value(options.Entry)!,
            context.Now,
            context.Now + context.Value(options.ExpiresIn),
            context.Value(options.Destination),
            maxFee);
    }
}
