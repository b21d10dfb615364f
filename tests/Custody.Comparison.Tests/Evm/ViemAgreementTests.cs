using System.Globalization;
using System.Numerics;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Testing;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

/// <summary>
/// Random transactions that viem built and signed, of native coin and of tokens, decode to what viem was told; the EIP-1559
/// ones match their intent.
/// </summary>
public sealed class ViemAgreementTests
{
    private const int Transactions = 5000;

    [Fact]
    public async Task Compare_TransactionsSignedByViem_Match()
    {
        var random = new Random(1559);
        var drafts = Enumerable.Range(0, Transactions).Select(_ => RandomTransfer(random)).ToList();
        var signed = await ViemOracle.SignAsync(drafts);
        for (var i = 0; i < Transactions; i++)
        {
            AssertAgrees(drafts[i], signed[i]);
        }
    }

    private static void AssertAgrees(ViemTransfer draft, ViemSigned viem)
    {
        var unsigned = Bytes(viem.Unsigned);
        var gate = Assert.IsType<EvmDecoding.Unsigned>(EvmTransactionDecoder.DecodeUnsigned(unsigned));
        var read = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(Bytes(viem.Signed)));
        Assert.Equal(viem.Sighash, $"0x{Convert.ToHexStringLower(gate.Sighash)}");
        Assert.Equal((viem.Unsigned, viem.PublicKey, viem.Hash), ($"0x{Convert.ToHexStringLower(read.UnsignedBytes)}", $"0x{Convert.ToHexStringLower(read.Signer)}", read.TxId));
        Assert.Equal(gate.Transfer, read.Transfer);
        Assert.Equal(
            draft with { PrivateKey = "", MaxPriorityFeePerGas = draft.Legacy ? draft.MaxFeePerGas : draft.MaxPriorityFeePerGas },
            Draft(gate.Transfer));
        if (!draft.Legacy)
        {
            AssertMatches(draft, viem, unsigned);
        }
    }

    private static void AssertMatches(ViemTransfer draft, ViemSigned viem, byte[] unsigned)
    {
        var native = AssetId.Parse($"eip155:{draft.ChainId}/slip44:60");
        var asset = draft.Token is null ? native : AssetId.Parse($"eip155:{draft.ChainId}/erc20:{draft.Token}");
        var most = BigInteger.One << 330;
        var intent = SampleIntent.Create(draft.To, BigInteger.Parse(draft.Value, null)) with { Asset = asset, Fee = new FeeEnvelope(most, most) };
        var comparison = new TransactionComparison(
            new Dictionary<ChainId, AssetId> { [native.Chain] = native }, new Dictionary<AssetId, ulong> { [asset] = ulong.MaxValue });
        var match = Assert.IsType<ComparisonResult.Match>(comparison.Compare(new ComparisonInput(
            intent, unsigned, Bytes(viem.Signed), Bytes(viem.PublicKey), viem.Address, ulong.Parse(draft.Nonce, null))));
        Assert.Equal(viem.Hash, match.TxId);
    }

    private static ViemTransfer Draft(DecodedTransfer t) => new(
        "", Text(t.ChainId), Text(t.Nonce), Text(t.MaxPriorityFeePerGas), Text(t.MaxFeePerGas), t.To, Text(t.Value), Text(t.GasLimit), t.Token, t.Form == EvmForm.Legacy);

    private static ViemTransfer RandomTransfer(Random random)
    {
        var maxFee = RandomNumber(random, 32);
        var token = random.Next(2) == 0;
        return new ViemTransfer(
            $"0x{TestKey.From(random).Hex}",
            Text(random.NextInt64(1, 1L << random.Next(1, 50))),
            Text(random.NextInt64(0, 1L << random.Next(1, 50))),
            Text(BigInteger.Min(RandomNumber(random, 32), maxFee)),
            Text(maxFee),
            TestKey.From(random).Address.ToString(),
            Text(RandomNumber(random, 32)),
            token ? Text(random.NextInt64(21001, 1L << random.Next(15, 50))) : "21000",
            token ? TestKey.From(random).Address.ToString() : null,
            random.Next(4) == 0);
    }

    // Every length from no byte at all, so that each RLP form occurs.
    private static BigInteger RandomNumber(Random random, int longest)
    {
        var bytes = new byte[random.Next(longest + 1)];
        random.NextBytes(bytes);
        return new BigInteger(bytes, true, true);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.AsSpan(2));

    private static string Text(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
