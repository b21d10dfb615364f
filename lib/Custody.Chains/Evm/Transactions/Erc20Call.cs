using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>Calldata for ERC-20 contracts (EIP-20): a selector, the first four bytes of Keccak-256 of the signature, and words of 32 bytes.</summary>
public static class Erc20Call
{
    /// <summary>The length of a call of <c>transfer</c>.</summary>
    public const int TransferLength = 68;

    private const int WordLength = 32;

    /// <summary><c>transfer(address,uint256)</c>.</summary>
    public static byte[] Transfer(EvmAddress to, BigInteger amount) => [0xa9, 0x05, 0x9c, 0xbb, .. Word(to.Bytes), .. Word(amount)];

    /// <summary><c>balanceOf(address)</c>.</summary>
    public static byte[] BalanceOf(EvmAddress account) => [0x70, 0xa0, 0x82, 0x31, .. Word(account.Bytes)];

    /// <summary><c>decimals()</c>.</summary>
    public static byte[] Decimals() => [0x31, 0x3c, 0xe5, 0x67];

    private static byte[] Word(BigInteger value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetBitLength(), 256);
        return Word(value.ToByteArray(isUnsigned: true, isBigEndian: true));
    }

    private static byte[] Word(ReadOnlySpan<byte> content) => [.. new byte[WordLength - content.Length], .. content];
}
