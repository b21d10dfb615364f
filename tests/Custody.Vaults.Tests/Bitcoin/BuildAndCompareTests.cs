using System.Numerics;
using Custody.Chains.Bitcoin;
using Custody.Comparison;
using Custody.Comparison.Bitcoin;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Vaults.Tests.Bitcoin;

/// <summary>Two codecs that share no code: what the one selects, builds and assembles, the other reads and finds to be the intents.</summary>
public sealed class BuildAndCompareTests
{
    private const uint LockTime = 812_345;
    private static readonly AssetId Asset = AssetId.Parse("bip122:0f9188f13cb7b2c71f2a335e3a4fc328/slip44:1");
    private static readonly IReadOnlyDictionary<ChainId, AssetId> Native = new Dictionary<ChainId, AssetId> { [Asset.Chain] = Asset };
    private static readonly VaultKey Vault = new("btc-vault");
    private static readonly RegisteredKey Key = RegisteredKey.Of(Vault.PublicKey)!;

    private static readonly (BitcoinAddressKind Kind, int Length)[] Kinds =
    [
        (BitcoinAddressKind.PublicKeyHash, 20), (BitcoinAddressKind.ScriptHash, 20), (BitcoinAddressKind.WitnessPublicKeyHash, 20),
        (BitcoinAddressKind.WitnessScriptHash, 32), (BitcoinAddressKind.Taproot, 32),
    ];

    [Property(MaxTest = 300)]
    public Property Compare_BatchThatWasBuilt_MatchesEveryIntent() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var intents = Enumerable.Range(0, random.Next(1, 5)).Select(i => Intent(random, i)).ToList();
        var payments = intents.Select(i => new TransactionOutput((long)i.Amount, Script(i.Destination))).ToList();
        var coins = Enumerable.Range(0, random.Next(10, 30)).Select(_ => Fund(random)).ToDictionary(c => c.Coin.Outpoint);
        var selection = CoinSelector.Select(
            [.. coins.Values.Select(c => c.Coin)], new CoinRequest(payments, new FeeRate(random.Next(1_000, 40_000)), [.. intents.Select(i => i.Fee)], 30, 1_000));
        var selected = Assert.IsType<CoinSelection.Selected>(selection);

        var unsigned = SpendPlan.Build(selected, payments, Key.Script, LockTime);
        var reserved = selected.Coins.Select(c => coins[c.Outpoint].Reserved).ToList();
        var read = Assert.IsType<BitcoinUnsignedReading.Decoded>(
            new BitcoinUnsignedReader(Native).Read(Asset.Chain, unsigned.SerializeWithoutWitness(), Key, reserved));
        var sighash = new WitnessSighash(unsigned);
        Assert.Equal(unsigned.Inputs.Select((input, i) => sighash.OfKeyHash(i, coins[input.Outpoint].Output)), read.Sighashes);
        Assert.Equal((selected.Fee, selected.Change), (read.Facts.MaxTotalFee, read.Change?.Amount ?? 0));
        Assert.Equal(intents.Select(i => i.Destination).Order(StringComparer.Ordinal), read.Facts.Payments.Select(p => p.Destination).Order(StringComparer.Ordinal));

        var signed = SpendPlan.Sign(unsigned, [.. read.Sighashes.Select(d => (ReadOnlyMemory<byte>)Vault.Sign(d))], Key.Compressed);
        return intents.TrueForAll(intent => new BitcoinComparison(Native).Compare(new BitcoinComparisonInput(
            intent, [.. intents.Where(i => i != intent)], Asset.Chain, unsigned.SerializeWithoutWitness(), signed.Serialize(), Key, reserved, TransactionInput.Replaceable, LockTime))
            is ComparisonResult.Match match && match.TxId == signed.Id.ToString());
    });

    private static WithdrawalIntent Intent(Random random, int number)
    {
        var (kind, length) = Kinds[random.Next(Kinds.Length)];
        var program = new byte[length];
        random.NextBytes(program);
        return new WithdrawalIntent(
            1, IntentKind.Withdrawal, $"wd-{number}", "exchange-a", "customer-7", "request-1", Asset, random.NextInt64(1_000, 2_000_000), "entry-1",
            BitcoinAddress.Of(kind, program, BitcoinNetwork.Regtest).Text, null, "vault-btc", new FeeEnvelope(1_000_000, 41), "rule", 1, new string('a', 64), 1, null,
            DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), "client-key-1", new string('b', 64));
    }

    private static (Coin Coin, TransactionOutput Output, ReservedCoin Reserved) Fund(Random random)
    {
        var output = new TransactionOutput(random.NextInt64(1_000_000, 3_000_000), Key.Script);
        var id = new byte[TransactionId.Length];
        random.NextBytes(id);
        var funding = new BitcoinTransaction(
            random.Next(1, 3),
            [TransactionInput.Unsigned(new Outpoint(new TransactionId(id), 0)) with { Witness = random.Next(2) == 0 ? [new byte[] { 1, 2 }] : [] }],
            [new TransactionOutput(5, new byte[] { 0x6a }), output],
            0);
        var outpoint = new Outpoint(funding.Id, 1);
        return (new Coin(outpoint, output.Amount), output, new ReservedCoin(outpoint.ToString(), new BigInteger(output.Amount), funding.Serialize()));
    }

    private static byte[] Script(string destination) => LockingScript.Of(Assert.IsType<BitcoinAddressReading.Read>(BitcoinAddress.Read(destination)).Address)!;
}
