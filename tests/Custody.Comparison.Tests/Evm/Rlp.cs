using System.Numerics;

namespace Custody.Comparison.Tests.Evm;

/// <summary>RLP for making test bytes, wrong ones included; written for the tests alone.</summary>
internal static class Rlp
{
    public static byte[] Text(params byte[] content) => content is [< 0x80] ? content : [.. Head(0x80, content.Length), .. content];

    public static byte[] Number(BigInteger value) => Text(value.IsZero ? [] : value.ToByteArray(true, true));

    public static byte[] List(params byte[][] items) => ListOf([.. items.SelectMany(i => i)]);

    public static byte[] ListOf(byte[] payload) => [.. Head(0xc0, payload.Length), .. payload];

    private static byte[] Head(int form, int length) => length switch
    {
        < 56 => [(byte)(form + length)],
        < 256 => [(byte)(form + 56), (byte)length],
        _ => [(byte)(form + 57), (byte)(length >> 8), (byte)length],
    };
}
