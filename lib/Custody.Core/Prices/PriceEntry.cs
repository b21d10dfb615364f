using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Core.Prices;

/// <summary>What one unit of an asset is worth, signed by a registered source (typ <c>custody-price+jws</c>).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Currency">The reference currency.</param>
/// <param name="Value">The price of one unit, in <paramref name="Scale"/> decimal places: 2500.50 is 250050 with scale 2. Never zero.</param>
/// <param name="Scale">The decimal places of <paramref name="Value"/>, from 0 to 18.</param>
/// <param name="AsOf">When it was the price.</param>
public sealed record PriceEntry(int Version, AssetId Asset, string Currency, BigInteger Value, int Scale, DateTimeOffset AsOf)
{
    /// <summary>The most decimal places.</summary>
    public const int MaxScale = 18;

    /// <summary>The price in <see cref="MaxScale"/> decimal places, so that any two can be compared.</summary>
    public BigInteger Scaled() => Value * BigInteger.Pow(10, MaxScale - Scale);

    /// <summary>
    /// What an amount is worth in the currency's smallest unit, rounded up: a limit never gives away what rounding left over.
    /// </summary>
    public BigInteger Of(BigInteger amount, int assetDecimals, int currencyDecimals)
    {
        var over = amount * Value * BigInteger.Pow(10, currencyDecimals);
        var under = BigInteger.Pow(10, assetDecimals + Scale);
        return (over + under - 1) / under;
    }
}
