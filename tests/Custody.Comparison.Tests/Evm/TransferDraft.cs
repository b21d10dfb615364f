using System.Numerics;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

/// <summary>The fields of a transaction as encoded items, so that any of them can be made wrong.</summary>
internal sealed record TransferDraft
{
    public static readonly byte[] Recipient = Convert.FromHexString("70997970C51812dc3A010C7d01b50e0d17dc79C8");
    public const string RecipientText = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    public byte[] Type { get; init; } = [2];

    public byte[] ChainId { get; init; } = Rlp.Number(31337);

    public byte[] Nonce { get; init; } = Rlp.Number(7);

    public byte[] Priority { get; init; } = Rlp.Number(1_000_000_000);

    public byte[] MaxFee { get; init; } = Rlp.Number(30_000_000_000);

    public byte[] Gas { get; init; } = Rlp.Number(21000);

    public byte[] To { get; init; } = Rlp.Text(Recipient);

    public byte[] Value { get; init; } = Rlp.Number(BigInteger.Parse("1000000000000000000"));

    public byte[] Data { get; init; } = Rlp.Text();

    public byte[] AccessList { get; init; } = Rlp.List();

    /// <summary>Items after the access list.</summary>
    public byte[][] More { get; init; } = [];

    public byte[][] Items => [ChainId, Nonce, Priority, MaxFee, Gas, To, Value, Data, AccessList, .. More];

    public byte[] Bytes() => [.. Type, .. Rlp.List(Items)];

    public byte[] Signed(TestKey key, bool highS = false)
    {
        var (r, s, parity) = key.Sign(Keccak(Bytes()), highS);
        return SignedWith(Rlp.Number(parity), Rlp.Number(new BigInteger(r, true, true)), Rlp.Number(new BigInteger(s, true, true)));
    }

    public byte[] SignedWith(byte[] yParity, byte[] r, byte[] s) => (this with { More = [.. More, yParity, r, s] }).Bytes();

    private static byte[] Keccak(byte[] bytes) => Custody.Core.Encoding.Keccak256.Hash(bytes);
}
