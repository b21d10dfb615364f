using System.Globalization;
using Custody.Chains.Bitcoin;
using Custody.Testing;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>Random transactions are the bytes, ids, sizes and digests that bitcoinjs-lib makes of them.</summary>
public sealed class BitcoinJsAgreementTests
{
    private const int Transactions = 5000;
    private static readonly uint[] HashTypes = [SighashType.All, SighashType.None, SighashType.Single, 0x81, 0x82, 0x83];

    [Fact]
    public async Task Serialize_RandomTransactions_AreBitcoinJsBytesIdsSizesAndDigests()
    {
        var random = new Random(143);
        var transactions = Enumerable.Range(0, Transactions).Select(_ => RandomTransaction.From(random)).ToList();
        var drafts = transactions.Select(t => Draft(t, random)).ToList();
        var answers = await BitcoinJsOracle.AskAsync(drafts);

        Assert.Equal(Transactions, answers.Count);
        for (var i = 0; i < Transactions; i++)
        {
            var (ours, theirs) = (transactions[i], answers[i]);
            var bytes = ours.Serialize();
            Assert.Equal(Hex(bytes), theirs.Bytes);
            Assert.Equal(Hex(bytes), theirs.Parsed);
            Assert.Equal((ours.Id.ToString(), ours.WitnessId.ToString()), (theirs.Id, theirs.WitnessId));
            Assert.Equal((ours.Weight, ours.VirtualSize), (theirs.Weight, theirs.VirtualSize));
            var sighash = new WitnessSighash(ours);
            Assert.Equal(
                drafts[i].Sighashes.Select(s => Hex(sighash.Of(s.Input, Convert.FromHexString(s.ScriptCode), long.Parse(s.Amount, null), s.HashType))),
                theirs.Sighashes);
        }
    }

    private static BitcoinJsDraft Draft(BitcoinTransaction transaction, Random random) => new(
        transaction.Version,
        transaction.LockTime,
        [.. transaction.Inputs.Select(i => new BitcoinJsInput(
            i.Outpoint.TransactionId.ToString(), i.Outpoint.Index, i.Sequence, Hex(i.ScriptSig.Span), [.. i.Witness.Select(w => Hex(w.Span))]))],
        [.. transaction.Outputs.Select(o => new BitcoinJsOutput(Hex(o.Script.Span), o.Amount.ToString(CultureInfo.InvariantCulture)))],
        [.. HashTypes.Select(type => new BitcoinJsSighash(
            random.Next(transaction.Inputs.Count), Hex(RandomTransaction.Bytes(random, 300)), random.NextInt64(Satoshi.Most).ToString(CultureInfo.InvariantCulture), type))],
        Hex(transaction.Serialize()));

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
