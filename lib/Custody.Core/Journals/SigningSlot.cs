using System.Globalization;
using Custody.Core.Assets;

namespace Custody.Core.Journals;

/// <summary>What only one transaction can ever consume; the unit of sign-once.</summary>
public static class SigningSlot
{
    /// <summary>An EVM account's nonce: <c>eip155:1/0xAddress/7</c>.</summary>
    public static string Nonce(ChainId chain, EvmAddress account, ulong nonce) =>
        string.Create(CultureInfo.InvariantCulture, $"{chain}/{account}/{nonce}");

    /// <summary>The nonce of a slot of this very account; null for every other slot.</summary>
    public static ulong? NonceOf(string slot, ChainId chain, EvmAddress account)
    {
        var prefix = $"{chain}/{account}/";
        return slot.StartsWith(prefix, StringComparison.Ordinal)
            && ulong.TryParse(slot.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var nonce) ? nonce : null;
    }
}
