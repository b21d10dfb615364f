using System.Globalization;

namespace Custody.Comparison.Bitcoin;

/// <summary>An input as the decoder reads it; its unlocking script is empty, or the bytes do not decode.</summary>
/// <param name="Previous">The transaction and index that it spends, 36 bytes as they stand.</param>
/// <param name="Sequence">Its sequence.</param>
public sealed record BitcoinInput(byte[] Previous, uint Sequence)
{
    internal const int PreviousLength = 36;

    /// <summary>The outpoint as text, <c>txid:index</c>.</summary>
    public string Outpoint => TextOf(Previous);

    internal int Index => BitConverter.ToInt32(Previous, 32);

    private static string TextOf(ReadOnlySpan<byte> previous)
    {
        var id = previous[..32].ToArray();
        Array.Reverse(id);
        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(id)}:{BitConverter.ToUInt32(previous[32..])}");
    }
}
