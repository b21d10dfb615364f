using System.Numerics;

namespace Custody.Chains.Bitcoin;

/// <summary>Amounts between the house's base units and the wire's 64-bit satoshi.</summary>
public static class Satoshi
{
    /// <summary>All that there can ever be: 21 million bitcoin.</summary>
    public const long Most = 2_100_000_000_000_000;

    /// <summary>True for an amount that can exist.</summary>
    public static bool IsMoney(Int128 amount) => amount >= 0 && amount <= Most;

    /// <summary>Base units as the wire carries them; throws for an amount that cannot exist.</summary>
    public static long Of(BigInteger baseUnits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(baseUnits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(baseUnits, Most);
        return (long)baseUnits;
    }
}
