using System.Globalization;
using System.Numerics;
using Custody.Chains.Evm;
using Custody.Testing;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

/// <summary>Random transfers encode to the bytes that viem makes of them, and viem reads ours as what we meant.</summary>
public sealed class ViemAgreementTests
{
    private const int Transactions = 2000;

    [Fact]
    public async Task Encode_RandomTransfers_AreViemsBytes()
    {
        var random = new Random(2718);
        var transfers = Enumerable.Range(0, Transactions).Select(_ => (Transfer: TransactionBuildTests.Random(random), Key: TestKey.From(random))).ToList();
        var viem = await ViemOracle.SignAsync([.. transfers.Select(t => Draft(t.Transfer, t.Key))]);
        foreach (var ((transfer, key), expected) in transfers.Zip(viem))
        {
            var signed = TransactionBuildTests.Sign(transfer, key);
            Assert.Equal(expected.Unsigned, Hex(UnsignedTransaction.Encode(transfer)));
            Assert.Equal(expected.Sighash, Hex(UnsignedTransaction.Sighash(UnsignedTransaction.Encode(transfer))));
            Assert.Equal(expected.Signed, Hex(signed.Bytes.Span));
            Assert.Equal((expected.Hash, expected.Address), (signed.TxId, key.Address.ToString()));
        }
    }

    [Fact]
    public async Task Assemble_RandomTransfers_AreReadByViemAsMeant()
    {
        var random = new Random(1898);
        var transfers = Enumerable.Range(0, Transactions).Select(_ => (Transfer: TransactionBuildTests.Random(random), Key: TestKey.From(random))).ToList();
        var viem = await ViemOracle.ParseAsync(transfers.Select(t => Hex(TransactionBuildTests.Sign(t.Transfer, t.Key).Bytes.Span)));
        foreach (var ((transfer, key), read) in transfers.Zip(viem))
        {
            var meant = Draft(transfer, key);
            Assert.Equal(
                new ViemParsed(
                    "eip1559", meant.ChainId, meant.Nonce, meant.MaxPriorityFeePerGas, meant.MaxFeePerGas, "21000",
                    meant.To.ToLowerInvariant(), meant.Value, "0x", "0", key.Address.ToString()),
                read with { To = read.To.ToLowerInvariant() });
        }
    }

    private static ViemTransfer Draft(EvmTransfer t, TestKey key) => new(
        $"0x{key.Hex}", Text(t.ChainId), Text(t.Nonce), Text(t.MaxPriorityFeePerGas), Text(t.MaxFeePerGas), t.To.ToString(), Text(t.Value));

    private static string Hex(ReadOnlySpan<byte> bytes) => $"0x{Convert.ToHexStringLower(bytes)}";

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
