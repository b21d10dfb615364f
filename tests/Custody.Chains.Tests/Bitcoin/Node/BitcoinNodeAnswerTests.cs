using System.Text.Json;
using Custody.Chains.Bitcoin;
using Custody.Chains.Evm;
using Custody.Chains.Tests.Evm;
using Custody.Testing;

namespace Custody.Chains.Tests.Bitcoin.Node;

/// <summary>What the client makes of lying, broken and absent nodes, over real HTTP.</summary>
public sealed class BitcoinNodeAnswerTests : IDisposable
{
    private static readonly TransactionId Asked = TransactionId.Parse(new string('a', 64));

    // The genesis block of the main chain: a header and one transaction.
    private const string Genesis =
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
        + "0101000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c"
        + "6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a6"
        + "7962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";

    private static readonly TransactionId GenesisHash = TransactionId.Parse("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    private readonly HttpClient _http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Block_OfThePublishedGenesis_IsRead()
    {
        await using var node = ScriptedNode.Results(("getblock", $"\"{Genesis}\""));

        var block = await Client(node).BlockAsync(GenesisHash, Cancellation);

        Assert.Equal("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b", Assert.Single(block!.Transactions).Id.ToString());
        Assert.Equal(1231006505, block.Header.Time.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData(0)] // another header
    [InlineData(90)] // another transaction under the same header
    public async Task Block_OtherBytesThanTheHashSays_IsRefused(int at)
    {
        var changed = Convert.FromHexString(Genesis);
        changed[at] ^= 1;
        await using var node = ScriptedNode.Results(("getblock", $"\"{Convert.ToHexStringLower(changed)}\""));

        await Assert.ThrowsAsync<NodeAnswerException>(() => Client(node).BlockAsync(GenesisHash, Cancellation));
    }

    [Fact]
    public async Task Block_OfAnotherHash_IsRefused()
    {
        await using var node = ScriptedNode.Results(("getblock", $"\"{Genesis}\""), ("getblockheader", $"\"{Genesis[..160]}\""));

        await Assert.ThrowsAsync<NodeAnswerException>(() => Client(node).BlockAsync(Asked, Cancellation));
        await Assert.ThrowsAsync<NodeAnswerException>(() => Client(node).HeaderAsync(Asked, Cancellation));
        Assert.Equal(GenesisHash, (await Client(node).HeaderAsync(GenesisHash, Cancellation))!.Hash);
    }

    [Fact]
    public async Task Transaction_OfAnotherId_IsRefused()
    {
        await using var node = ScriptedNode.Results(("getrawtransaction", $$"""{"hex":"{{Genesis[162..]}}"}"""));

        await Assert.ThrowsAsync<NodeAnswerException>(() => Client(node).TransactionAsync(Asked, Cancellation));
    }

    [Theory]
    [InlineData("0.00000001", 1)]
    [InlineData("0.1", 10_000_000)]
    [InlineData("1", 100_000_000)]
    [InlineData("20999999.97690000", 2_099_999_997_690_000)]
    public async Task Unspent_Amount_IsReadDigitByDigit(string json, long satoshi)
    {
        await using var node = ScriptedNode.Results(("gettxout", Unspent(json)));
        Assert.Equal(satoshi, (await Client(node).UnspentAsync(new Outpoint(Asked, 0), true, Cancellation))!.Output.Amount);
    }

    [Theory]
    [InlineData("0.000000001")]
    [InlineData("1e-8")]
    [InlineData("-0.1")]
    [InlineData("21000000.00000001")]
    [InlineData("\"0.1\"")]
    [InlineData("null")]
    public async Task Unspent_AmountThatIsNone_IsRefused(string json)
    {
        await using var node = ScriptedNode.Results(("gettxout", Unspent(json)));
        await Assert.ThrowsAsync<NodeAnswerException>(() => Client(node).UnspentAsync(new Outpoint(Asked, 0), true, Cancellation));
    }

    [Theory]
    [InlineData(-25, "bad-txns-inputs-missingorspent", PoolVerdict.InputsMissing)]
    [InlineData(-25, "Fee exceeds maximum configured by user (maxfeerate)", PoolVerdict.FeeTooHigh)]
    [InlineData(-25, "something new", PoolVerdict.Unknown)]
    [InlineData(-26, "insufficient fee, rejecting replacement", PoolVerdict.FeeTooLow)]
    [InlineData(-26, "min relay fee not met, 1 < 141", PoolVerdict.FeeTooLow)]
    [InlineData(-26, "mempool-script-verify-flag-failed (Signature must be zero)", PoolVerdict.Rejected)]
    [InlineData(-26, "txn-mempool-conflict", PoolVerdict.InputsMissing)]
    [InlineData(-26, "", PoolVerdict.Unknown)]
    [InlineData(-27, "Transaction outputs already in utxo set", PoolVerdict.Confirmed)]
    [InlineData(-22, "TX decode failed", PoolVerdict.Rejected)]
    [InlineData(-28, "Loading block index…", PoolVerdict.Unknown)]
    public async Task Send_AnError_HasItsVerdict(int code, string message, PoolVerdict expected)
    {
        await using var node = ScriptedNode.Saying($$$"""{"jsonrpc":"2.0","id":1,"error":{"code":{{{code}}},"message":{{{JsonSerializer.Serialize(message)}}}}}""");
        Assert.Equal(expected, (await Client(node).SendAsync(Convert.FromHexString(Genesis[162..]), Cancellation)).Verdict);
    }

    [Fact]
    public async Task Send_NoAnswerAnotherIdOrNonsense_IsUnknown()
    {
        await using var other = ScriptedNode.Results(("sendrawtransaction", $"\"{Asked}\""));
        await using var nonsense = ScriptedNode.Saying("<html>");
        await using var error = ScriptedNode.Saying("{}", status: 500);

        foreach (var node in (ScriptedNode[])[other, nonsense, error])
        {
            Assert.Equal(PoolVerdict.Unknown, (await Client(node).SendAsync(Convert.FromHexString(Genesis[162..]), Cancellation)).Verdict);
        }
    }

    [Fact]
    public async Task Estimate_Rate_IsSatoshiPerThousand()
    {
        await using var known = ScriptedNode.Results(("estimatesmartfee", """{"feerate":0.00012345,"blocks":6}"""));
        await using var unknown = ScriptedNode.Results(("estimatesmartfee", """{"errors":["Insufficient data or no feerate found"],"blocks":0}"""));

        Assert.Equal(new FeeRate(12_345), await Client(known).EstimateAsync(6, EstimateMode.Economical, Cancellation));
        Assert.Null(await Client(unknown).EstimateAsync(6, EstimateMode.Economical, Cancellation));
    }

    private static string Unspent(string amount) =>
        $$"""{"bestblock":"{{Asked}}","confirmations":3,"value":{{amount}},"scriptPubKey":{"hex":"0014{{new string('0', 40)}}"},"coinbase":false}""";

    private BitcoinNode Client(ScriptedNode node) => new(_http, new BitcoinNodeOptions(node.Url, "u", "p", TimeSpan.FromSeconds(10)), TimeProvider.System);
}
