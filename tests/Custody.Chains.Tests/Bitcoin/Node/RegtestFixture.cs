using Custody.Chains.Bitcoin;
using Custody.Core.Assets;
using Custody.TestKeys;
using Custody.Testing;

namespace Custody.Chains.Tests.Bitcoin.Node;

/// <summary>A regtest node whose first 120 rewards are a key's own; the first twenty may be spent.</summary>
public sealed class RegtestFixture : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private int _coinsGiven;

    internal static TestKey Key { get; } = TestKey.Eip155;

    internal static byte[] Compressed { get; } = SamplePsbt.Compressed(Key);

    internal static byte[] OwnScript { get; } = LockingScript.WitnessPublicKeyHash(Compressed);

    internal static string OwnAddress { get; } = LockingScript.AddressOf(OwnScript, BitcoinNetwork.Regtest)!.Text;

    public BitcoindNode Process { get; private set; } = null!;

    public IBitcoinNode Node => new BitcoinNode(
        _http, new BitcoinNodeOptions(Process.Url, BitcoindNode.User, BitcoindNode.Password, TimeSpan.FromSeconds(30)), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        // Where a mirror was out of reach the tests are skipped; where CI runs there must be one.
        if (BitcoindNode.IsThere || Environment.GetEnvironmentVariable("CI") == "true")
        {
            Process = await BitcoindNode.StartAsync();
            await Process.MineAsync(OwnAddress, 120);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }

        _http.Dispose();
    }

    /// <summary>A reward that no other test spends.</summary>
    internal async Task<Coin> CoinAsync(CancellationToken cancellation)
    {
        Assert.SkipUnless(BitcoindNode.IsThere, "There is no bitcoind.");
        var height = Interlocked.Increment(ref _coinsGiven);
        var block = await Node.BlockAsync((await Node.HashAtAsync(height, cancellation))!.Value, cancellation);
        var reward = block!.Transactions[0];
        return new Coin(new Outpoint(reward.Id, 0), reward.Outputs[0].Amount);
    }

    /// <summary>A coin's transaction to a script, its change home, signed.</summary>
    internal static BitcoinTransaction Spend(Coin coin, ReadOnlyMemory<byte> to, long amount, long fee, byte[]? digestOf = null)
    {
        var selected = new CoinSelection.Selected([coin], coin.Amount - amount - fee, fee);
        var unsigned = SpendPlan.Build(selected, [new TransactionOutput(amount, to)], OwnScript, lockTime: 0);
        var digest = digestOf ?? new WitnessSighash(unsigned).OfKeyHash(0, new TransactionOutput(coin.Amount, OwnScript));
        var (r, s, _) = Key.Sign(digest);
        return SpendPlan.Sign(unsigned, [new ReadOnlyMemory<byte>([.. r, .. s])], Compressed);
    }
}
