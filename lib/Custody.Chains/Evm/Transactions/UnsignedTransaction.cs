using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Encoding;

namespace Custody.Chains.Evm;

/// <summary>The bytes that a signature covers, after EIP-1559.</summary>
public static class UnsignedTransaction
{
    /// <summary>EIP-2718's type byte of an EIP-1559 transaction.</summary>
    public const byte Type = 0x02;

    private static readonly byte[] NoAccessList = Rlp.List();

    /// <summary>
    /// <c>0x02 ‖ rlp([chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gasLimit, to, value, data, accessList])</c>.
    /// Throws <see cref="ArgumentException"/> for a transfer that no node could accept: building one is a bug of the caller.
    /// </summary>
    public static byte[] Encode(EvmTransfer transfer) => Encode(
        transfer.ChainId, transfer.Nonce, transfer.MaxPriorityFeePerGas, transfer.MaxFeePerGas, EvmTransfer.GasLimit, transfer.To, transfer.Value, []);

    /// <summary>The same of a token's transfer: to the contract, without value, with the call as data.</summary>
    public static byte[] Encode(EvmTokenTransfer transfer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(transfer.GasLimit, EvmTransfer.GasLimit);
        return Encode(
            transfer.ChainId,
            transfer.Nonce,
            transfer.MaxPriorityFeePerGas,
            transfer.MaxFeePerGas,
            transfer.GasLimit,
            transfer.Token,
            BigInteger.Zero,
            Erc20Call.Transfer(transfer.To, transfer.Amount));
    }

    /// <summary>The 32-byte digest that is signed: Keccak-256 of the unsigned bytes.</summary>
    public static byte[] Sighash(ReadOnlySpan<byte> unsigned) => Keccak256.Hash(unsigned);

    internal static byte[] Encode(
        ulong chainId, ulong nonce, BigInteger maxPriorityFeePerGas, BigInteger maxFeePerGas, ulong gasLimit, EvmAddress to, BigInteger value, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfZero(chainId);

        // EIP-2681: 2^64 - 1 would leave the account without a next nonce.
        ArgumentOutOfRangeException.ThrowIfEqual(nonce, ulong.MaxValue);
        ThrowIfNotUInt256(value, nameof(value));
        ThrowIfNotUInt256(maxFeePerGas, nameof(maxFeePerGas));
        ArgumentOutOfRangeException.ThrowIfNegative(maxPriorityFeePerGas);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxPriorityFeePerGas, maxFeePerGas);
        return
        [
            Type,
            .. Rlp.List(
                Rlp.Integer(chainId),
                Rlp.Integer(nonce),
                Rlp.Integer(maxPriorityFeePerGas),
                Rlp.Integer(maxFeePerGas),
                Rlp.Integer(gasLimit),
                Rlp.Bytes(to.Bytes),
                Rlp.Integer(value),
                Rlp.Bytes(data),
                NoAccessList),
        ];
    }

    private static void ThrowIfNotUInt256(BigInteger value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.GetBitLength(), 256, name);
    }
}
