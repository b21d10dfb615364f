using System.Numerics;
using Custody.Comparison.Evm;
using FsCheck.Xunit;

namespace Custody.Comparison.Tests.Evm;

public sealed class DecoderProperties
{
    [Property(MaxTest = 500)]
    public bool DecodeUnsigned_AnyEncodedTransfer_GivesItBack(ulong chainId, ulong nonce, byte[] fee, byte[] tip, byte[] value, byte[] to)
    {
        chainId = Math.Max(chainId, 1);
        nonce = Math.Min(nonce, ulong.MaxValue - 1);
        var (maxFee, amount) = (Number(fee), Number(value));
        var priority = BigInteger.Min(Number(tip), maxFee);
        byte[] address = [.. to.Concat(new byte[20]).Take(20)];
        var bytes = new TransferDraft
        {
            ChainId = Rlp.Number(chainId),
            Nonce = Rlp.Number(nonce),
            Priority = Rlp.Number(priority),
            MaxFee = Rlp.Number(maxFee),
            To = Rlp.Text(address),
            Value = Rlp.Number(amount),
        }.Bytes();
        return EvmTransactionDecoder.DecodeUnsigned(bytes) is EvmDecoding.Unsigned decoded
            && decoded.Transfer == new DecodedTransfer(
                chainId, nonce, priority, maxFee, 21000, new Core.Assets.EvmAddress(address).ToString(), amount);
    }

    [Property(MaxTest = 2000)]
    public bool Decode_AnyBytes_NeverThrows(byte[] bytes)
    {
        byte[] typed = [2, .. bytes];
        return EvmTransactionDecoder.DecodeUnsigned(typed) is not null && EvmTransactionDecoder.DecodeSigned(typed) is not null;
    }

    private static BigInteger Number(byte[] bytes) => new(bytes.AsSpan(0, Math.Min(bytes.Length, 32)), isUnsigned: true, isBigEndian: true);
}
