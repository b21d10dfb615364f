using System.Globalization;
using System.Text.Json;
using Custody.Comparison.Bitcoin;
using Custody.Testing;

namespace Custody.Comparison.Tests.Bitcoin;

/// <summary>
/// Spends that bitcoinjs-lib built decode to what it was told, with its digests; and previous transactions of every shape, from
/// Bitcoin Core's vectors, prove their outputs.
/// </summary>
public sealed class BitcoinJsAgreementTests
{
    private const int Spends = 1000;

    [Fact]
    public async Task Read_SpendsBuiltByBitcoinJs_HaveItsFieldsAndDigests()
    {
        var random = new Random(2018);
        var cases = Enumerable.Range(0, Spends).Select(_ => RandomSpend(random)).ToList();
        var answers = await BitcoinJsOracle.AskAsync([.. cases.Select(c => Draft(c.Draft))]);
        var reader = new BitcoinUnsignedReader(SampleSpend.Native);
        foreach (var ((draft, coins), answer) in cases.Zip(answers))
        {
            var decoded = Assert.IsType<BitcoinUnsignedReading.Decoded>(reader.Read(SampleSpend.Asset.Chain, Convert.FromHexString(answer.Bytes), SpendDraft.Key, coins));
            Assert.Equal(answer.Sighashes, decoded.Sighashes.Select(Convert.ToHexStringLower));
            Assert.Equal(draft.Outputs.Where(o => o.Script == SpendDraft.RecipientScript).Select(o => o.Amount), decoded.Facts.Payments.Select(p => (long)p.Amount));
            Assert.Equal(answer.Id, Assert.IsType<BitcoinDecoding.Signed>(BitcoinTransactionDecoder.DecodeSigned(draft.Signed())).TxId);
        }
    }

    [Fact]
    public void OutputAt_CoreValidTransactions_ProveEveryOutput()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Of("tests", "Custody.Chains.Tests", "Bitcoin", "Vectors", "core-tx-valid.json")));
        var transactions = vectors.RootElement.EnumerateArray().Where(row => row.GetArrayLength() == 3).Select(row => Convert.FromHexString(row[1].GetString()!)).ToList();
        var proved = 0;
        foreach (var bytes in transactions)
        {
            var hash = HashOf(bytes);
            for (uint index = 0; PreviousTransaction.OutputAt(bytes, new BitcoinInput([.. hash, .. WireWriter.Four(index)], 0)) is not null; index++)
            {
                proved++;
            }

            Assert.Null(PreviousTransaction.OutputAt([.. bytes, 0], new BitcoinInput([.. hash, 0, 0, 0, 0], 0)));
            Assert.Null(PreviousTransaction.OutputAt(bytes, new BitcoinInput([.. hash.Reverse(), 0, 0, 0, 0], 0)));
            Assert.Null(PreviousTransaction.OutputAt(bytes, new BitcoinInput([.. hash, 255, 255, 255, 255], 0)));
        }

        Assert.True(proved >= transactions.Count);
    }

    private static (SpendDraft Draft, ReservedCoin[] Coins) RandomSpend(Random random)
    {
        var inputs = Enumerable.Range(0, random.Next(1, 5)).Select(_ => new PreviousDraft([random.NextInt64(1, 1L << 40)], SpendDraft.Own, random.Next(), random.Next(2) == 0)).ToList();
        var total = inputs.Sum(i => i.Amounts[0]);
        var draft = new SpendDraft
        {
            Inputs = [.. inputs.Select(i => (i.Hash, 0u, i.Amounts[0]))],
            Outputs = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (random.NextInt64(total / 10), SpendDraft.RecipientScript)), (random.NextInt64(total / 10), SpendDraft.Own)],
            Sequence = (uint)random.NextInt64(1L << 32),
            LockTime = (uint)random.NextInt64(1L << 32),
        };
        return (draft, [.. inputs.Select(i => new ReservedCoin($"{i.Id}:0", i.Amounts[0], i.Bytes))]);
    }

    private static BitcoinJsDraft Draft(SpendDraft draft) => new(
        2,
        draft.LockTime,
        [.. draft.Inputs.Select(i => new BitcoinJsInput(Convert.ToHexStringLower([.. i.Hash.Reverse()]), i.Index, draft.Sequence, "", []))],
        [.. draft.Outputs.Select(o => new BitcoinJsOutput(Convert.ToHexStringLower(o.Script), o.Amount.ToString(CultureInfo.InvariantCulture)))],
        [.. draft.Inputs.Select((i, n) => new BitcoinJsSighash(n, $"76a914{Convert.ToHexStringLower(SpendDraft.Own.AsSpan(2))}88ac", i.Amount.ToString(CultureInfo.InvariantCulture), 1))],
        Convert.ToHexStringLower(draft.Unsigned()));

    // The id of a transaction is over the bytes without its witnesses; those of the vectors are left out here by hand.
    private static byte[] HashOf(byte[] bytes)
    {
        if (bytes[4] != 0)
        {
            return DoubleHash.Of(bytes);
        }

        var reader = new WireReader(bytes);
        reader.Take(6, "");
        for (var left = reader.Size(""); left > 0; left--)
        {
            reader.Take(36, "");
            reader.Text("");
            reader.Take(4, "");
        }

        for (var left = reader.Size(""); left > 0; left--)
        {
            reader.Take(8, "");
            reader.Text("");
        }

        return DoubleHash.Of([.. bytes[..4], .. bytes[6..reader.Position], .. bytes[^4..]]);
    }
}
