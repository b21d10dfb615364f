using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

public sealed class TransactionBuildTests
{
    private static readonly EvmTransfer Good = new(31337, 7, 1_000_000_000, 30_000_000_000, TestKey.Eip155.Address, BigInteger.Pow(10, 18));

    private static readonly EvmTokenTransfer GoodToken =
        new(31337, 7, 1_000_000_000, 30_000_000_000, 60_000, TestKey.Funded.Address, TestKey.Eip155.Address, 25_000_000);

    public static TheoryData<EvmTransfer> Impossible() =>
    [
        Good with { ChainId = 0 },
        Good with { Nonce = ulong.MaxValue },
        Good with { Value = -1 },
        Good with { Value = BigInteger.One << 256 },
        Good with { MaxFeePerGas = BigInteger.One << 256 },
        Good with { MaxPriorityFeePerGas = 30_000_000_001 },
        Good with { MaxPriorityFeePerGas = -1 },
    ];

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Encode_WhatNoNodeAccepts_Throws(EvmTransfer transfer) =>
        Assert.ThrowsAny<ArgumentException>(() => UnsignedTransaction.Encode(transfer));

    [Fact]
    public void Assemble_SignedAgain_ThrowsBecauseItIsNotUnsignedRlp()
    {
        var unsigned = UnsignedTransaction.Encode(Good);
        Assert.Throws<ArgumentException>(() => SignedTransaction.Assemble([.. unsigned, 0], new byte[32], new byte[32], 0));
        Assert.Throws<ArgumentException>(() => SignedTransaction.Assemble([1, .. unsigned[1..]], new byte[32], new byte[32], 0));
        Assert.Throws<ArgumentException>(() => SignedTransaction.Assemble([2, 0xff, 1], new byte[32], new byte[32], 0));
        Assert.Throws<ArgumentException>(() => SignedTransaction.Assemble([], new byte[32], new byte[32], 0));
    }

    [Theory]
    [InlineData(31, 32, 0)]
    [InlineData(32, 33, 0)]
    [InlineData(32, 32, 2)]
    [InlineData(32, 32, -1)]
    [InlineData(32, 32, 27)]
    public void Assemble_WrongSignatureShape_Throws(int r, int s, int yParity) => Assert.ThrowsAny<ArgumentException>(
        () => SignedTransaction.Assemble(UnsignedTransaction.Encode(Good), new byte[r], new byte[s], yParity));

    [Fact]
    public void Assembler_EvmChain_AssemblesAndAnyOtherThrows()
    {
        var unsigned = UnsignedTransaction.Encode(Good);
        var (r, s, parity) = TestKey.Funded.Sign(UnsignedTransaction.Sighash(unsigned));
        var assembler = new EvmTransactionAssembler();
        var assembled = assembler.Assemble(ChainId.Parse("eip155:31337"), unsigned, (byte[])[.. r, .. s], parity);
        var signed = Sign(Good, TestKey.Funded);
        Assert.Equal(signed.Bytes.ToArray(), assembled.Bytes.ToArray());
        Assert.Equal(signed.TxId, assembled.TransactionId);

        var bitcoin = ChainId.Parse("bip122:000000000019d6689c085ae165831e93");
        Assert.Throws<ArgumentException>(() => assembler.Assemble(bitcoin, unsigned, (byte[])[.. r, .. s], parity));
        Assert.ThrowsAny<ArgumentException>(() => assembler.Assemble(ChainId.Parse("eip155:1"), unsigned, r, parity));
    }

    [Fact]
    public void Encode_PublishedEip1559Transactions_AreTheirBytes()
    {
        // ethereumjs, tx/test/json/eip1559.json, its first and last: chain 7822, to 0x…aaaa.
        var key = new TestKey("8f2a55949038a9610f50fb23b5883af3b4ecb3c3bb792cbcefbd1542c692be63");
        var to = EvmAddress.Parse("0x000000000000000000000000000000000000aaaa");
        AssertPublished(
            "02f870821e8e8203338301284d8301d97c828ae094000000000000000000000000000000000000aaaa8402933bc980c080a0d067f2167008c59219652f91cbf8788dbca5f771f6e91e2b7657e85b78b472e0"
            + "a01d305af9fe81fdba43f0dfcd400ed24dcace0a7e30d4e85701dcaaf484cd079e",
            UnsignedTransaction.Encode(7822, 819, 75853, 121212, 35552, to, 43203529, []));
        AssertPublished(
            "02f86d821e8e778260918301a4d182f38594000000000000000000000000000000000000aaaa8403e6c7f380c001a0e38e239770801eb995498c821e55ac9c19ae09184bb27b34be105e02fe3b7615"
            + "a067c64ca6bd6d9107e85fd581ab2e70a14b637eb36505bb40861ef9d6e800cab6",
            UnsignedTransaction.Encode(7822, 119, 24721, 107729, 62341, to, 65456115, []));

        void AssertPublished(string hex, byte[] unsigned) => Assert.Equal(hex, Convert.ToHexStringLower(Sign(unsigned, key).Bytes.Span));
    }

    public static TheoryData<EvmTokenTransfer> ImpossibleTokens() =>
    [
        GoodToken with { ChainId = 0 },
        GoodToken with { GasLimit = 21000 },
        GoodToken with { Amount = -1 },
        GoodToken with { Amount = BigInteger.One << 256 },
        GoodToken with { MaxPriorityFeePerGas = 30_000_000_001 },
    ];

    [Theory]
    [MemberData(nameof(ImpossibleTokens))]
    public void Encode_TokenTransferThatNoNodeAccepts_Throws(EvmTokenTransfer transfer) =>
        Assert.ThrowsAny<ArgumentException>(() => UnsignedTransaction.Encode(transfer));

    internal static SignedTransaction Sign(EvmTransfer transfer, TestKey key) => Sign(UnsignedTransaction.Encode(transfer), key);

    internal static SignedTransaction Sign(byte[] unsigned, TestKey key)
    {
        var (r, s, parity) = key.Sign(UnsignedTransaction.Sighash(unsigned));
        return SignedTransaction.Assemble(unsigned, r, s, parity);
    }

    internal static EvmTransfer Random(Random random)
    {
        var maxFee = Number(random);
        return new EvmTransfer(
            (ulong)random.NextInt64(1, 1L << random.Next(1, 50)),
            (ulong)random.NextInt64(0, 1L << random.Next(1, 50)),
            BigInteger.Min(Number(random), maxFee),
            maxFee,
            TestKey.From(random).Address,
            Number(random));
    }

    internal static EvmTokenTransfer RandomToken(Random random)
    {
        var plain = Random(random);
        return new EvmTokenTransfer(
            plain.ChainId, plain.Nonce, plain.MaxPriorityFeePerGas, plain.MaxFeePerGas, (ulong)random.NextInt64(21001, 1L << random.Next(15, 50)), TestKey.From(random).Address, plain.To, plain.Value);
    }

    // Every length from no byte at all, so that each RLP form occurs.
    private static BigInteger Number(Random random)
    {
        var bytes = new byte[random.Next(33)];
        random.NextBytes(bytes);
        return new BigInteger(bytes, true, true);
    }
}
