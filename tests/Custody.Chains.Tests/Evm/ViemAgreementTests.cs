using System.Globalization;
using System.Numerics;
using Custody.Chains.Evm;
using Custody.Testing;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

/// <summary>Random transfers, 5,000 of coin and tokens together, encode to the bytes that viem makes of them, and viem reads ours as what we meant.</summary>
public sealed class ViemAgreementTests
{
    private const int Transactions = 2000;
    private const int TokenTransactions = 3000;

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

    [Fact]
    public async Task Encode_RandomTokenTransfers_AreViemsBytesAndAreReadByViemAsMeant()
    {
        var random = new Random(20);
        var transfers = Enumerable.Range(0, TokenTransactions).Select(_ => (Transfer: TransactionBuildTests.RandomToken(random), Key: TestKey.From(random))).ToList();
        var signed = transfers.Select(t => TransactionBuildTests.Sign(UnsignedTransaction.Encode(t.Transfer), t.Key)).ToList();
        var viem = await ViemOracle.SignAsync([.. transfers.Select(t => Draft(t.Transfer, t.Key))]);
        var read = await ViemOracle.ParseAsync(signed.Select(s => Hex(s.Bytes.Span)));
        for (var i = 0; i < TokenTransactions; i++)
        {
            var (transfer, key) = transfers[i];
            Assert.Equal((viem[i].Unsigned, viem[i].Signed, viem[i].Hash), (Hex(UnsignedTransaction.Encode(transfer)), Hex(signed[i].Bytes.Span), signed[i].TxId));
            var meant = Draft(transfer, key);
            Assert.Equal(
                (meant.Token!.ToLowerInvariant(), "0", meant.To, meant.Value, meant.Gas, key.Address.ToString()),
                (read[i].To, read[i].Value, read[i].Recipient, read[i].Amount, read[i].Gas, read[i].From));
            Assert.Equal(
                (meant.ChainId, meant.Nonce, meant.MaxPriorityFeePerGas, meant.MaxFeePerGas, "0"),
                (read[i].ChainId, read[i].Nonce, read[i].MaxPriorityFeePerGas, read[i].MaxFeePerGas, read[i].AccessList));
        }
    }

    private static ViemTransfer Draft(EvmTransfer t, TestKey key) => new(
        $"0x{key.Hex}", Text(t.ChainId), Text(t.Nonce), Text(t.MaxPriorityFeePerGas), Text(t.MaxFeePerGas), t.To.ToString(), Text(t.Value));

    private static ViemTransfer Draft(EvmTokenTransfer t, TestKey key) => new(
        $"0x{key.Hex}", Text(t.ChainId), Text(t.Nonce), Text(t.MaxPriorityFeePerGas), Text(t.MaxFeePerGas), t.To.ToString(), Text(t.Amount), Text(t.GasLimit), t.Token.ToString());

    private static string Hex(ReadOnlySpan<byte> bytes) => $"0x{Convert.ToHexStringLower(bytes)}";

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
