using System.Numerics;

namespace Custody.Comparison.Evm;

/// <summary>
/// The calldata of ERC-20's <c>transfer(address,uint256)</c>, read as the ABI defines it: the selector, an address padded to a
/// word with zeros on its left, and the amount. One byte more, one less or one that is not zero in the padding is another call.
/// </summary>
internal static class TransferCall
{
    public const string Signature = "transfer(address,uint256)";

    private const int SelectorLength = 4;
    private const int WordLength = 32;
    private const int PaddingLength = 12;
    private const int Length = SelectorLength + WordLength + WordLength;

    // The first four bytes of Keccak-256 of the signature (EIP-20, Solidity ABI).
    private static ReadOnlySpan<byte> Selector => [0xa9, 0x05, 0x9c, 0xbb];

    /// <summary>What is wrong; null when the two results are the call's arguments.</summary>
    public static string? Read(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> recipient, out BigInteger amount)
    {
        recipient = default;
        amount = BigInteger.Zero;
        if (!data.StartsWith(Selector))
        {
            return $"data is neither empty nor a call of {Signature}";
        }

        if (data.Length != Length)
        {
            return data.Length > Length ? "data is longer than the call" : "data is shorter than the call";
        }

        if (data.Slice(SelectorLength, PaddingLength).ContainsAnyExcept((byte)0))
        {
            return "data has an address whose upper bytes are not zero";
        }

        recipient = data[(SelectorLength + PaddingLength)..(SelectorLength + WordLength)];
        amount = new BigInteger(data[^WordLength..], isUnsigned: true, isBigEndian: true);
        return null;
    }
}
