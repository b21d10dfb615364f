using System.CommandLine;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Prices;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary>
/// <c>custody prices post</c>: signs what one unit of an asset is worth as a source of prices, and posts it. A price that moved too far
/// for one source is signed by two: the first writes it to a file, the second says the same and posts it with both signatures.
/// </summary>
internal static class PricesCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var asset = new Option<string>("--asset") { Description = "CAIP-19, or the symbol of a governed asset.", HelpName = "ASSET", Required = true };
        var price = new Option<string>("--price") { Description = "What one unit is worth, with the reference currency: '19500.50 HKD'.", HelpName = "PRICE", Required = true };
        var age = DurationOption.Create("--age", "How long ago it was the price.", TimeSpan.Zero);
        var to = new Option<string?>("--to") { Description = "Post nothing: write the signed price here, for a second source to sign as well.", HelpName = "FILE" };
        var with = new Option<string?>("--with") { Description = "Sign the price of this file, which must be of the same asset and value, and post it with both signatures.", HelpName = "FILE" };
        return new Command("prices", "What assets are worth.")
        {
            new Command("post", "Sign a price and post it.") { asset, price, age, to, with }.Runs(environment, [ProfileKind.PriceSource], async (context, session, cancellation) =>
            {
                if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed)
                    || Compose(governed, context.Value(asset)!, context.Value(price)!, context.Now - context.Value(age)).Stops(out stop, out var entry))
                {
                    return stop;
                }

                if (context.Value(to) is not null && context.Value(with) is not null)
                {
                    return new CliOutcome.Usage("--to writes a price for another source, and --with signs another source's: give one of them.");
                }

                IReadOnlyList<string> others = [];
                if (context.Value(with) is { } agreed)
                {
                    if (PriceFile.Read(agreed, entry).Stops(out stop, out var file))
                    {
                        return stop;
                    }

                    (entry, others) = (file.Entry, file.Signatures);
                }

                var own = SignedDocument.FromCompact(await session.SignAsync(DocumentType.Price, entry, context.Now, cancellation))!;
                var signed = own with { Signatures = [.. others, .. own.Signatures] };
                if (context.Value(to) is { } path)
                {
                    await File.WriteAllBytesAsync(path, signed.ToBytes(), cancellation);
                    return new CliOutcome.Done(new JsonObject { ["file"] = path, ["asset"] = entry.Asset.ToString(), ["asOf"] = InstantJsonConverter.Format(entry.AsOf) }, console => console.MarkupLine(
                        $"{Theme.Good("✓")} {Theme.Text(path)} holds the price, signed once; another source posts it with --with."));
                }

                var reply = others.Count == 0 ? await session.Api.PostSignedAsync("prices", signed.ToCompact(), cancellation) : await session.Api.PostDocumentAsync("prices", signed, cancellation);
                return reply.OfWrite("Posting it again is safe.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(
                        $"{Theme.Good("✓")} {Theme.Text(context.Value(asset)!)} is worth {Theme.Text($"{UnitAmount.Format(entry.Value, entry.Scale)} {entry.Currency}")} as of {Theme.Text(InstantJsonConverter.Format(entry.AsOf))}."));
            }),
        };
    }

    private static Step<PriceEntry> Compose(Governed governed, string asset, string price, DateTimeOffset asOf)
    {
        if (governed.Document.Prices is not { } terms)
        {
            return CliOutcome.Refused.Because(RefusalCode.PriceMissing.Text(), "Nothing has a price.", "Governance names no source of prices.");
        }

        var named = governed.EveryAsset.Where(a => a.Id.ToString() == asset || (a.Symbol == asset && governed.Asset(a.Id) is not null)).ToList();
        if (named.Count != 1)
        {
            return new CliOutcome.Usage(
                $"--asset '{asset}' names no governed asset by CAIP-19 id or symbol; there are {string.Join(", ", governed.Document.Assets.Select(a => $"{a.Symbol} ({a.Id})"))}.");
        }

        var scale = price.Split(' ')[0].Split('.') is [_, var fraction] ? fraction.Length : 0;
        return price.Split(' ') is [var number, var currency] && currency == terms.Currency && scale <= PriceEntry.MaxScale
            && UnitAmount.TryParse(number, scale, out var value) && !value.IsZero
                ? new PriceEntry(1, named[0].Id, terms.Currency, value, scale, asOf)
                : new CliOutcome.Usage($"--price '{price}' is not a price: give a number above zero with at most {PriceEntry.MaxScale} decimals and the reference currency, such as '19500.50 {terms.Currency}'.");
    }
}
