using System.Numerics;
using Custody.Core.Encoding;

namespace Custody.Chains.Evm;

/// <summary>A signed transaction as the network carries it.</summary>
/// <param name="Bytes">The raw bytes for <c>eth_sendRawTransaction</c>.</param>
/// <param name="TxId">Its hash: <c>0x</c> and 64 lower-case hex digits.</param>
public sealed record SignedTransaction(ReadOnlyMemory<byte> Bytes, string TxId)
{
    private const int ShortList = 0xc0;
    private const int LongList = 0xf7;

    /// <summary>
    /// Appends <c>yParity, r, s</c> to the list inside the unsigned bytes, leaving those as they are: what was signed is what
    /// is sent. <paramref name="r"/> and <paramref name="s"/> are 32 bytes each, big-endian.
    /// </summary>
    public static SignedTransaction Assemble(ReadOnlySpan<byte> unsigned, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, int yParity)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(r.Length, 32);
        ArgumentOutOfRangeException.ThrowIfNotEqual(s.Length, 32);
        ArgumentOutOfRangeException.ThrowIfNegative(yParity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(yParity, 1);
        byte[] bytes =
        [
            UnsignedTransaction.Type,
            .. Rlp.ListOf([.. ListPayload(unsigned), .. Rlp.Integer(yParity), .. Rlp.Integer(Number(r)), .. Rlp.Integer(Number(s))]),
        ];
        return new SignedTransaction(bytes, $"0x{Convert.ToHexStringLower(Keccak256.Hash(bytes))}");
    }

    private static BigInteger Number(ReadOnlySpan<byte> bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static ReadOnlySpan<byte> ListPayload(ReadOnlySpan<byte> unsigned)
    {
        if (unsigned is [UnsignedTransaction.Type, >= ShortList and var head, ..])
        {
            var headerSize = head > LongList ? 1 + head - LongList : 1;
            var payload = unsigned[Math.Min(unsigned.Length, 1 + headerSize)..];
            if (unsigned[1..].SequenceEqual(Rlp.ListOf(payload)))
            {
                return payload;
            }
        }

        throw new ArgumentException("These are not the unsigned bytes of an EIP-1559 transaction.", nameof(unsigned));
    }
}
