using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

public sealed class TransactionBuildTests
{
    private static readonly EvmTransfer Good = new(31337, 7, 1_000_000_000, 30_000_000_000, TestKey.Eip155.Address, BigInteger.Pow(10, 18));

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

    internal static SignedTransaction Sign(EvmTransfer transfer, TestKey key)
    {
        var unsigned = UnsignedTransaction.Encode(transfer);
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

    // Every length from no byte at all, so that each RLP form occurs.
    private static BigInteger Number(Random random)
    {
        var bytes = new byte[random.Next(33)];
        random.NextBytes(bytes);
        return new BigInteger(bytes, true, true);
    }
}
