using System.Numerics;
using Custody.Core.Encoding;

namespace Custody.Chains.Evm;

/// <summary>The bytes that a signature covers, after EIP-1559.</summary>
public static class UnsignedTransaction
{
    /// <summary>EIP-2718's type byte of an EIP-1559 transaction.</summary>
    public const byte Type = 0x02;

    private static readonly byte[] NoCalldata = Rlp.Bytes([]);
    private static readonly byte[] NoAccessList = Rlp.List();

    /// <summary>
    /// <c>0x02 ‖ rlp([chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gasLimit, to, value, data, accessList])</c>.
    /// Throws <see cref="ArgumentException"/> for a transfer that no node could accept: building one is a bug of the caller.
    /// </summary>
    public static byte[] Encode(EvmTransfer transfer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(transfer.ChainId);

        // EIP-2681: 2^64 - 1 would leave the account without a next nonce.
        ArgumentOutOfRangeException.ThrowIfEqual(transfer.Nonce, ulong.MaxValue);
        ThrowIfNotUInt256(transfer.Value, nameof(transfer.Value));
        ThrowIfNotUInt256(transfer.MaxFeePerGas, nameof(transfer.MaxFeePerGas));
        ArgumentOutOfRangeException.ThrowIfNegative(transfer.MaxPriorityFeePerGas);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(transfer.MaxPriorityFeePerGas, transfer.MaxFeePerGas);
        return
        [
            Type,
            .. Rlp.List(
                Rlp.Integer(transfer.ChainId),
                Rlp.Integer(transfer.Nonce),
                Rlp.Integer(transfer.MaxPriorityFeePerGas),
                Rlp.Integer(transfer.MaxFeePerGas),
                Rlp.Integer(EvmTransfer.GasLimit),
                Rlp.Bytes(transfer.To.Bytes),
                Rlp.Integer(transfer.Value),
                NoCalldata,
                NoAccessList),
        ];
    }

    /// <summary>The 32-byte digest that is signed: Keccak-256 of the unsigned bytes.</summary>
    public static byte[] Sighash(ReadOnlySpan<byte> unsigned) => Keccak256.Hash(unsigned);

    private static void ThrowIfNotUInt256(BigInteger value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetBitLength(), 256, name);
    }
}
