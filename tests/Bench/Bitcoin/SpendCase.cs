using Custody.Chains.Bitcoin;
using Custody.Comparison;
using Custody.Comparison.Bitcoin;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.TestKeys;

namespace Custody.Bench.Bitcoin;

/// <summary>Two coins of the vault, a payment and change.</summary>
internal sealed class SpendCase
{
    private const uint LockTime = 800_000;
    private static readonly RegisteredKey Key = RegisteredKey.Of(TestKey.Funded.PublicKey)!;
    private static readonly byte[] Compressed = BitcoinBenchmark.Compressed(TestKey.Funded);
    private readonly WithdrawalIntent _intent;
    private readonly TransactionOutput[] _payments;
    private readonly CoinSelection.Selected _selected;
    private readonly ReservedCoin[] _coins;
    private readonly Dictionary<Outpoint, TransactionOutput> _spent = [];

    public SpendCase(AssetId asset, int number)
    {
        var script = BitcoinBenchmark.Script(TestKey.Funded);
        var recipient = BitcoinBenchmark.Script(TestKey.Eip155);
        _payments = [new TransactionOutput(150_000 + number, recipient)];
        var destination = LockingScript.AddressOf(recipient, BitcoinNetwork.Regtest)!.Text;
        _intent = SampleIntent.Create(destination, 150_000 + number) with { Asset = asset, Fee = new FeeEnvelope(10_000, 100) };
        var previous = Enumerable.Range(0, 2).Select(i => new BitcoinTransaction(
            2, [TransactionInput.Unsigned(new Outpoint(default, (uint)((2 * number) + i)))], [new TransactionOutput(100_000 + i, script), new TransactionOutput(7, recipient)], 0)).ToList();
        foreach (var transaction in previous)
        {
            _spent[new Outpoint(transaction.Id, 0)] = transaction.Outputs[0];
        }

        _coins = [.. previous.Select(p => new ReservedCoin($"{p.Id}:0", p.Outputs[0].Amount, p.Serialize()))];
        _selected = (CoinSelection.Selected)CoinSelector.Select(
            [.. _spent.Select(s => new Coin(s.Key, s.Value.Amount))], new CoinRequest(_payments, FeeRate.PerByte(5), [_intent.Fee], 10, 1_000));
    }

    /// <summary>What the vault would do.</summary>
    public void Sign(Dictionary<string, ReadOnlyMemory<byte>> signatures)
    {
        var unsigned = SpendPlan.Build(_selected, _payments, Key.Script, LockTime);
        foreach (var digest in Digests(unsigned))
        {
            var (r, s, _) = TestKey.Funded.Sign(digest);
            signatures[Convert.ToHexStringLower(digest)] = (byte[])[.. r, .. s];
        }
    }

    /// <summary>From selected coins to the verdict.</summary>
    public ComparisonResult Run(Dictionary<string, ReadOnlyMemory<byte>> signatures, BitcoinComparison comparison) => comparison.Compare(Input(signatures));

    /// <summary>What the compare stage is given.</summary>
    public BitcoinComparisonInput Input(Dictionary<string, ReadOnlyMemory<byte>> signatures)
    {
        var unsigned = SpendPlan.Build(_selected, _payments, Key.Script, LockTime);
        var signed = SpendPlan.Sign(unsigned, [.. Digests(unsigned).Select(d => signatures[Convert.ToHexStringLower(d)])], Compressed);
        return new BitcoinComparisonInput(
            _intent, [], _intent.Asset.Chain, unsigned.SerializeWithoutWitness(), signed.Serialize(), Key, _coins, TransactionInput.Replaceable, LockTime);
    }

    private IEnumerable<byte[]> Digests(BitcoinTransaction unsigned)
    {
        var sighash = new WitnessSighash(unsigned);
        return unsigned.Inputs.Select((input, i) => sighash.OfKeyHash(i, _spent[input.Outpoint]));
    }
}
