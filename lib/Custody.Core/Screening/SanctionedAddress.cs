namespace Custody.Core.Screening;

/// <summary>
/// The one form in which sanctioned addresses are kept and compared. Lists are typed by people: an EVM address is compared by
/// its bytes whatever its letter case and checksum, on every chain and whatever currency the list names, since the same key
/// holds it everywhere.
/// </summary>
public static class SanctionedAddress
{
    private static readonly string[] Bech32 = ["bc1", "tb1", "bcrt1", "ltc1"];

    /// <summary>The longest text that is taken for an address.</summary>
    public const int MaxLength = 256;

    /// <summary>The canonical form; null when the text cannot be an address.</summary>
    public static string? Canonical(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is < 1 or > MaxLength || trimmed.Any(c => c is <= ' ' or > '~'))
        {
            return null;
        }

        var isEvm = trimmed.Length == 42 && trimmed[0] == '0' && trimmed[1] is 'x' or 'X' && trimmed.Skip(2).All(char.IsAsciiHexDigit);
        // BIP-173: bech32 is one case throughout, and lower and upper are the same address.
        var isBech32 = Bech32.Any(prefix => trimmed.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return isEvm || isBech32 ? trimmed.ToLowerInvariant() : trimmed;
    }
}
