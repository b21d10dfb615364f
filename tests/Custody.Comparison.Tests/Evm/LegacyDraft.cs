using System.Numerics;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

/// <summary>The fields of a legacy transaction (EIP-155) as encoded items, so that any of them can be made wrong.</summary>
internal sealed record LegacyDraft
{
    public byte[] Nonce { get; init; } = Rlp.Number(7);

    public byte[] GasPrice { get; init; } = Rlp.Number(30_000_000_000);

    public byte[] Gas { get; init; } = Rlp.Number(21000);

    public byte[] To { get; init; } = Rlp.Text(TransferDraft.Recipient);

    public byte[] Value { get; init; } = Rlp.Number(BigInteger.Parse("1000000000000000000"));

    public byte[] Data { get; init; } = Rlp.Text();

    public ulong ChainId { get; init; } = 31337;

    /// <summary>What stands after the data in unsigned bytes.</summary>
    public byte[][]? Tail { get; init; }

    private byte[][] Fields => [Nonce, GasPrice, Gas, To, Value, Data];

    public byte[] Bytes() => Rlp.List([.. Fields, .. Tail ?? [Rlp.Number(ChainId), Rlp.Number(0), Rlp.Number(0)]]);

    public byte[] Signed(TestKey key, bool highS = false)
    {
        var (r, s, parity) = key.Sign(Custody.Core.Encoding.Keccak256.Hash(Bytes()), highS);
        return SignedWith(
            Rlp.Number((2 * new BigInteger(ChainId)) + 35 + parity), Rlp.Number(new BigInteger(r, true, true)), Rlp.Number(new BigInteger(s, true, true)));
    }

    public byte[] SignedWith(params byte[][] signature) => Rlp.List([.. Fields, .. signature]);
}
