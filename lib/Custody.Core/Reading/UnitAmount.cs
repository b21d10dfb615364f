using System.Globalization;
using System.Numerics;

namespace Custody.Core.Reading;

/// <summary>Amounts as people read and type them: units with a decimal point, exact in both directions.</summary>
public static class UnitAmount
{
    /// <summary>Base units as units, without trailing zeros: <c>1500000000000000000</c> with 18 decimals is <c>1.5</c>.</summary>
    public static string Format(BigInteger baseUnits, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(baseUnits);
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        var digits = baseUnits.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }

    /// <summary>Units as base units; false for a sign, an exponent, a bare point, or more digits after it than the asset has.</summary>
    public static bool TryParse(string? text, int decimals, out BigInteger baseUnits)
    {
        baseUnits = default;
        var parts = (text ?? "").Split('.');
        if (parts is not ([{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]) || parts.Any(p => !p.All(char.IsAsciiDigit)))
        {
            return false;
        }

        var fraction = parts.Length == 2 ? parts[1] : "";
        // 78 digits hold 2^256 − 1, the most that any chain can pay.
        return fraction.Length <= decimals && parts[0].Length + decimals <= 78
            && BigInteger.TryParse(parts[0] + fraction.PadRight(decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out baseUnits);
    }

    /// <summary>A part of a whole in percent with two decimals, rounded up so that a fee is never shown smaller than it can be.</summary>
    public static string PercentOf(BigInteger part, BigInteger whole)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(whole);
        var basisPoints = ((part * 10_000) + whole - 1) / whole;
        return $"{Format(basisPoints, 2)} %";
    }
}
