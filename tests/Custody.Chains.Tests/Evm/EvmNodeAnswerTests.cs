using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Testing;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

/// <summary>What the client makes of lying, broken and absent nodes, over real HTTP.</summary>
public sealed class EvmNodeAnswerTests
{
    private const string HashA = "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string HashB = "0xbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    private const string Address = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    private static readonly byte[] Signed = [2, 0xc0];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"0x0\"", 0)]
    [InlineData("\"0x7a69\"", 31337)]
    [InlineData("\"0xffffffffffffffff\"", ulong.MaxValue)]
    public async Task ChainId_Quantity_IsRead(string json, ulong expected)
    {
        await using var node = ScriptedNode.Results(("eth_chainId", json));
        Assert.Equal(expected, await node.Client.ChainIdAsync(Cancellation));
    }

    [Theory]
    [InlineData("\"0x\"")]
    [InlineData("\"0x01\"")]
    [InlineData("\"0x00\"")]
    [InlineData("\"1\"")]
    [InlineData("\"0X1\"")]
    [InlineData("\"-0x1\"")]
    [InlineData("\"0x-1\"")]
    [InlineData("\"0x1 \"")]
    [InlineData("\"0xg\"")]
    [InlineData("\"0x10000000000000000\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task ChainId_AnythingElse_IsRefused(string json)
    {
        await using var node = ScriptedNode.Results(("eth_chainId", json));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.ChainIdAsync(Cancellation));
    }

    [Fact]
    public async Task Balance_MoreThan256Bits_IsRefused()
    {
        await using var most = ScriptedNode.Results(("eth_getBalance", $"\"0x{new string('f', 64)}\""));
        Assert.Equal((BigInteger.One << 256) - 1, await most.Client.BalanceAsync(TestKey.Funded.Address, BlockReference.Latest, Cancellation));
        await using var more = ScriptedNode.Results(("eth_getBalance", $"\"0x1{new string('0', 64)}\""));
        await Assert.ThrowsAsync<NodeAnswerException>(() => more.Client.BalanceAsync(TestKey.Funded.Address, BlockReference.Latest, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":"0x1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":"0x1"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":"0x1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"0x1","result":"0x2"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"0x1","error":{"code":-1,"message":"no"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"message":"no"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":"no"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"\ud800"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"\ud800"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"\ud800":1,"result":"0x1"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"\ud800":1}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method does not exist"}}""")]
    public async Task Ask_NotAReplyToOurCall_IsRefusedAndASendIsUnknown(string body)
    {
        await using var node = ScriptedNode.Saying(body);
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.ChainIdAsync(Cancellation));
        Assert.Equal(BroadcastVerdict.Unknown, (await node.Client.SendAsync(Signed, HashA, Cancellation)).Verdict);
    }

    [Fact]
    public async Task Ask_RandomBytes_IsOneOfTheTwoExceptionsAndASendIsUnknown()
    {
        var random = new Random(4);
        await using var node = ScriptedNode.Doing(async context =>
        {
            var bytes = """{"jsonrpc":"2.0","id":1,"result":"0x1"}"""u8.ToArray();
            for (var edit = 0; edit < 3; edit++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            await ScriptedNode.WriteAsync(context, bytes);
        });
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(BroadcastVerdict.Unknown, (await node.Client.SendAsync(Signed, HashA, Cancellation)).Verdict);
        }
    }

    [Fact]
    public async Task Step_NextBlockThatDoesNotFollowTheNodesOwn_IsRefused()
    {
        // The tip is still ours, yet the block after it names another parent: no reorganisation explains that.
        await using var node = ScriptedNode.Blocks(number => Block(number));
        var reader = new BlockReader(node.Client);
        await Assert.ThrowsAsync<NodeAnswerException>(
            () => reader.StepAsync(ChainCursor.StartAt(new BlockPoint(5, HashA)), 12, _ => true, Cancellation));
    }

    [Fact]
    public async Task Ask_EndlessAnswer_IsCutOff()
    {
        await using var node = ScriptedNode.Saying($$"""{"jsonrpc":"2.0","id":1,"result":"0x1","more":"{{new string(' ', 8192)}}"}""");
        var refused = await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.ChainIdAsync(Cancellation));
        Assert.Contains("4096", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Ask_HttpError_IsUnavailableAndASendIsUnknown(int status)
    {
        await using var node = ScriptedNode.Saying("""{"jsonrpc":"2.0","id":1,"result":"0x1"}""", status);
        await Assert.ThrowsAsync<NodeUnavailableException>(() => node.Client.ChainIdAsync(Cancellation));
        Assert.Equal(BroadcastVerdict.Unknown, (await node.Client.SendAsync(Signed, HashA, Cancellation)).Verdict);
    }

    [Fact]
    public async Task Ask_NobodyListens_IsUnavailableWithoutNamingTheEndpoint()
    {
        using var http = new HttpClient();
        var endpoint = new Uri($"http://127.0.0.1:{FreePort.Take(1)[0]}/v3/provider-key");
        var node = new EvmNode(http, new EvmNodeOptions(endpoint, TimeSpan.FromSeconds(10)), TimeProvider.System);
        var fault = await Assert.ThrowsAsync<NodeUnavailableException>(() => node.ChainIdAsync(Cancellation));
        Assert.DoesNotContain("provider-key", fault.ToString(), StringComparison.Ordinal);
        var answer = await node.SendAsync(Signed, HashA, Cancellation);
        Assert.Equal(BroadcastVerdict.Unknown, answer.Verdict);
        Assert.DoesNotContain("provider-key", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NoAnswerInTime_IsUnknown()
    {
        var received = new TaskCompletionSource();
        await using var node = ScriptedNode.Doing(_ =>
        {
            received.SetResult();
            return Task.CompletedTask;
        });
        var sending = node.Client.SendAsync(Signed, HashA, Cancellation);
        await received.Task;
        node.Time.Advance(TimeSpan.FromSeconds(10));
        var answer = await sending;
        Assert.Equal(BroadcastVerdict.Unknown, answer.Verdict);
        Assert.Contains("in time", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ConnectionDroppedAfterTheBytesLeft_IsUnknown()
    {
        await using var node = ScriptedNode.Doing(context =>
        {
            context.Response.Abort();
            return Task.CompletedTask;
        });
        Assert.Equal(BroadcastVerdict.Unknown, (await node.Client.SendAsync(Signed, HashA, Cancellation)).Verdict);
    }

    [Fact]
    public async Task Send_CanceledByTheCaller_Throws()
    {
        using var canceled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var node = ScriptedNode.Doing(_ => canceled.CancelAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Client.SendAsync(Signed, HashA, canceled.Token));
    }

    [Theory]
    [InlineData($"\"{HashA}\"", BroadcastVerdict.Accepted)]
    [InlineData($"\"{HashB}\"", BroadcastVerdict.Unknown)]
    [InlineData("\"0x\"", BroadcastVerdict.Unknown)]
    [InlineData("null", BroadcastVerdict.Unknown)]
    [InlineData("true", BroadcastVerdict.Unknown)]
    public async Task Send_HashInTheAnswer_MustBeOurs(string json, BroadcastVerdict expected)
    {
        await using var node = ScriptedNode.Results(("eth_sendRawTransaction", json));
        Assert.Equal(expected, (await node.Client.SendAsync(Signed, HashA, Cancellation)).Verdict);
    }

    [Fact]
    public async Task Header_OfAnotherHeight_IsRefused()
    {
        await using var node = ScriptedNode.Results(("eth_getBlockByNumber", Block("0x6")));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.HeaderAsync(BlockReference.At(5), Cancellation));
        Assert.Equal(6ul, (await node.Client.HeaderAsync(BlockReference.At(6), Cancellation))!.Number);
        Assert.Equal(6ul, (await node.Client.HeaderAsync(BlockReference.Finalized, Cancellation))!.Number);
    }

    [Fact]
    public async Task Header_NothingFinalYet_IsNull()
    {
        await using var geth = ScriptedNode.Saying("""{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"finalized block not found"}}""");
        Assert.Null(await geth.Client.HeaderAsync(BlockReference.Finalized, Cancellation));
        await using var other = ScriptedNode.Results(("eth_getBlockByNumber", "null"));
        Assert.Null(await other.Client.HeaderAsync(BlockReference.Finalized, Cancellation));
    }

    [Theory]
    [InlineData(HashA, "0x6", true)]
    [InlineData(HashB, "0x6", false)]
    [InlineData(HashA, "0x7", false)]
    public async Task Block_TransactionOfAnotherBlock_IsRefused(string blockHash, string number, bool fits)
    {
        await using var node = ScriptedNode.Results(("eth_getBlockByNumber", Block("0x6", Transaction(HashB, blockHash, number))));
        var reading = node.Client.BlockAsync(BlockReference.At(6), Cancellation);
        if (fits)
        {
            var only = (await reading)!.Transactions.Single();
            Assert.Equal(new EvmTransaction(HashB, EvmAddress.Parse(Address), null, 5, 1, 2, null), only);
        }
        else
        {
            await Assert.ThrowsAsync<NodeAnswerException>(() => reading);
        }
    }

    [Fact]
    public async Task Block_HashesInsteadOfTransactions_IsRefused()
    {
        await using var node = ScriptedNode.Results(("eth_getBlockByNumber", Block("0x6", $"\"{HashB}\"")));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.BlockAsync(BlockReference.At(6), Cancellation));
    }

    [Fact]
    public async Task TransactionAndReceipt_OfAnotherHash_AreRefused()
    {
        var receipt = $$"""{"transactionHash":"{{HashB}}","blockHash":"{{HashA}}","blockNumber":"0x6","status":"0x1","gasUsed":"0x5208","effectiveGasPrice":"0x7"}""";
        await using var node = ScriptedNode.Results(
            ("eth_getTransactionByHash", Transaction(HashB, HashA, "0x6")), ("eth_getTransactionReceipt", receipt));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.TransactionAsync(HashA, Cancellation));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.ReceiptAsync(HashA, Cancellation));
        Assert.Equal(147_000, (await node.Client.ReceiptAsync(HashB, Cancellation))!.Fee);
    }

    [Theory]
    [InlineData("\"status\":\"0x2\",")]
    [InlineData("")]
    public async Task Receipt_StatusNeither0Nor1_IsRefused(string status)
    {
        var receipt = $$"""{"transactionHash":"{{HashA}}",{{status}}"blockHash":"{{HashA}}","blockNumber":"0x6","gasUsed":"0x1","effectiveGasPrice":"0x7"}""";
        await using var node = ScriptedNode.Results(("eth_getTransactionReceipt", receipt));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.ReceiptAsync(HashA, Cancellation));
    }

    [Fact]
    public async Task FeeMarket_HistoryWithoutBaseFees_IsRefused()
    {
        await using var node = ScriptedNode.Results(("eth_feeHistory", """{"baseFeePerGas":[]}"""), ("eth_maxPriorityFeePerGas", "\"0x1\""));
        await Assert.ThrowsAsync<NodeAnswerException>(() => node.Client.FeeMarketAsync(Cancellation));
    }

    private static string Block(string number, string transactions = "") =>
        $$"""{"number":"{{number}}","hash":"{{HashA}}","parentHash":"{{HashB}}","timestamp":"0x5","baseFeePerGas":"0x7","transactions":[{{transactions}}]}""";

    private static string Transaction(string hash, string blockHash, string number) =>
        $$"""{"hash":"{{hash}}","from":"{{Address}}","to":null,"value":"0x5","nonce":"0x1","input":"0xabcd","blockHash":"{{blockHash}}","blockNumber":"{{number}}"}""";
}
