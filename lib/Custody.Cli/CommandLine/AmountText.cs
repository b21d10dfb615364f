using System.Numerics;
using Custody.Cli.Outcomes;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Reading;

namespace Custody.Cli.CommandLine;

/// <summary>Amounts as people type them: base units as digits, or units with their symbol. A bare decimal number could mean either, and is refused.</summary>
internal static class AmountText
{
    /// <summary>True when the text can only be read with the asset's governed decimals.</summary>
    public static bool NeedsDecimals(string text) => !BaseUnitsJsonConverter.TryParse(text, out _);

    /// <summary>Reads <paramref name="text"/>; <paramref name="asset"/> is null where decimals are not needed.</summary>
    public static CliOutcome? Problem(string option, string text, AssetRegistration? asset, out BigInteger amount)
    {
        if (BaseUnitsJsonConverter.TryParse(text, out amount))
        {
            return null;
        }

        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return asset is not null && parts is [var number, var symbol] && symbol == asset.Symbol && UnitAmount.TryParse(number, asset.Decimals, out amount)
            ? null
            : new CliOutcome.Usage(
                $"{option} '{text}' is not an amount: give base units as digits, or units with their symbol and at most {asset?.Decimals ?? 0} decimals, such as '1.5 {asset?.Symbol ?? "ETH"}'.");
    }
}
