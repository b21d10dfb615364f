using System.Numerics;
using System.Security.Cryptography;
using Custody.Chains.Bitcoin;
using Custody.Comparison;
using Custody.Comparison.Bitcoin;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.TestKeys;

namespace Custody.Bench.Bitcoin;

/// <summary>
/// Coin selection over 100,000 coins, and what a 2-in 2-out spend costs from selected coins to the comparison's verdict. The
/// vault is aside: each digest is looked up among signatures that were made before.
/// </summary>
internal sealed class BitcoinBenchmark : IBenchmark
{
    private const int Coins = 100_000;
    private const int Selections = 20;
    private const int Prepared = 200;
    private const int Spends = 4_000;
    private static readonly AssetId Asset = AssetId.Parse("bip122:0f9188f13cb7b2c71f2a335e3a4fc328/slip44:1");
    private static readonly FeeEnvelope Wide = new(1_000_000, 1_000);

    public string Name => "bitcoin";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        await output.WriteLineAsync("bitcoin: pure functions, one thread; CPU is this process's, which a busy machine does not stretch");
        await SelectAsync(output, "amounts of every size", i => 300 + (RandomAmount(i) % (1L << (10 + (i % 30)))), 123_456_789);
        await SelectAsync(output, "equal amounts", _ => 1_000_000, 55_123_456);
        await SelectAsync(output, "no exact match", i => 2_000_000 + (2_000_000L * (i % 1_000)), 99_123_457);
        await SpendAsync(output, cancellation);
    }

    private static async Task SelectAsync(TextWriter output, string what, Func<int, long> amount, long payment)
    {
        var coins = Enumerable.Range(0, Coins).Select(i => new Coin(At(i), amount(i))).ToArray();
        var request = new CoinRequest([new TransactionOutput(payment, Script(TestKey.Eip155))], FeeRate.PerByte(7), [Wide], 100, 10_000);
        var chosen = CoinSelector.Select(coins, request);
        CoinSelector.Select(coins, request);
        var measured = OneCore.Run(Selections, _ => CoinSelector.Select(coins, request));
        var text = chosen is CoinSelection.Selected selected ? $"{selected.Coins.Count} coins, change {selected.Change}" : chosen.GetType().Name;
        await output.WriteLineAsync($"  coin selection over {Coins}, {what}: {measured.CpuMilliseconds:0.0} ms CPU, {measured.Milliseconds:0.0} ms (aim 50); {text}");
    }

    private static async Task SpendAsync(TextWriter output, CancellationToken cancellation)
    {
        var signatures = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var cases = Enumerable.Range(0, Prepared).Select(i => new SpendCase(Asset, i)).ToArray();
        foreach (var one in cases)
        {
            one.Sign(signatures);
        }

        var comparison = new BitcoinComparison(new Dictionary<ChainId, AssetId> { [Asset.Chain] = Asset });
        var matches = 0;
        void One(int i) => matches += cases[i % Prepared].Run(signatures, comparison) is ComparisonResult.Match ? 1 : 0;
        OneCore.Run(3 * Spends, One);
        cancellation.ThrowIfCancellationRequested();
        matches = 0;
        var measured = OneCore.Run(Spends, One);
        await output.WriteLineAsync(
            $"  build, sighash, decode and compare of 2-in 2-out: {1_000 / measured.CpuMilliseconds:0} a second of CPU, {1_000 / measured.Milliseconds:0} a second (aim 5,000); {matches} of {Spends} matched");
    }

    internal static byte[] Script(TestKey key) => LockingScript.WitnessPublicKeyHash(Compressed(key));

    internal static byte[] Compressed(TestKey key) => [(byte)(2 + (key.PublicKey[^1] & 1)), .. key.PublicKey.AsSpan(1, 32)];

    private static Outpoint At(int number) => new(new TransactionId(SHA256.HashData(BitConverter.GetBytes(number))), 0);

    private static long RandomAmount(int i) => (long)(new BigInteger(SHA256.HashData(BitConverter.GetBytes(i)), isUnsigned: true) % long.MaxValue);
}
