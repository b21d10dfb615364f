using System.Numerics;

namespace Custody.Chains.Evm;

/// <summary>
/// The encoding half of Ethereum's Recursive Length Prefix (Yellow Paper, appendix B). It only builds; what checks the
/// result is written separately in the comparison library, so that one mistake cannot hide in both.
/// </summary>
public static class Rlp
{
    private const int ShortString = 0x80;
    private const int ShortList = 0xc0;
    private const int LongestShort = 55;

    /// <summary>Encodes a byte string.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> value) =>
        value is [< ShortString] ? value.ToArray() : [.. Header(ShortString, value.Length), .. value];

    /// <summary>Encodes a non-negative integer: big-endian without leading zeros, so that zero is the empty string.</summary>
    public static byte[] Integer(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return Bytes(value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    /// <summary>Encodes a list of items that are encoded already.</summary>
    public static byte[] List(params ReadOnlySpan<byte[]> items)
    {
        using var payload = new MemoryStream();
        foreach (var item in items)
        {
            payload.Write(item);
        }

        return ListOf(payload.ToArray());
    }

    /// <summary>Puts a list's header in front of its concatenated items.</summary>
    internal static byte[] ListOf(ReadOnlySpan<byte> payload) => [.. Header(ShortList, payload.Length), .. payload];

    private static byte[] Header(int offset, int length)
    {
        if (length <= LongestShort)
        {
            return [(byte)(offset + length)];
        }

        var size = new BigInteger(length).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [(byte)(offset + LongestShort + size.Length), .. size];
    }
}
