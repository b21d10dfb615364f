using System.Text.Json;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Testing;

namespace Custody.Chains.Tests.Evm;

public sealed class NonceSearchTests
{
    private static readonly EvmAddress Account = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0UL, 3UL)]
    [InlineData(1UL, 40UL)]
    [InlineData(2UL, 40UL)]
    [InlineData(3UL, 99UL)]
    public async Task FindAsync_AMinedNonce_IsFoundInItsBlock(ulong nonce, ulong block)
    {
        await using var node = Chain(3, 40, 40, 99);

        var found = await NonceSearch.FindAsync(node.Client, Account, nonce, 100, Cancellation);

        Assert.Equal((nonce, Account, block), (found!.Transaction.Nonce, found.Transaction.From, found.Block!.Number));
    }

    [Fact]
    public async Task FindAsync_NotMinedByThen_IsNull()
    {
        await using var node = Chain(3, 40);

        Assert.Null(await NonceSearch.FindAsync(node.Client, Account, 2, 100, Cancellation));
        Assert.Null(await NonceSearch.FindAsync(node.Client, Account, 1, 39, Cancellation));
        Assert.Equal(3UL, (await NonceSearch.FindAsync(node.Client, Account, 0, 3, Cancellation))!.Block!.Number);
    }

    [Fact]
    public async Task FindAsync_SpentBeforeAnythingIsKnown_IsSoughtInTheFirstBlock()
    {
        await using var node = Chain(0);

        Assert.Equal(0UL, (await NonceSearch.FindAsync(node.Client, Account, 0, 100, Cancellation))!.Block!.Number);
    }

    // A node that counts what it does not show must not make something else of it.
    [Fact]
    public async Task FindAsync_TheBlockDoesNotHoldIt_IsNull()
    {
        await using var node = Chain([3], hides: true);

        Assert.Null(await NonceSearch.FindAsync(node.Client, Account, 0, 100, Cancellation));
    }

    [Fact]
    public async Task FindAsync_TheStateIsForgotten_Throws()
    {
        await using var node = ScriptedNode.Saying("""{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"missing trie node"}}""");

        await Assert.ThrowsAnyAsync<Exception>(() => NonceSearch.FindAsync(node.Client, Account, 0, 100, Cancellation));
    }

    private static ScriptedNode Chain(params ulong[] blocks) => Chain(blocks, hides: false);

    // A transaction of the account in each of these blocks, one after the other.
    private static ScriptedNode Chain(ulong[] blocks, bool hides) => ScriptedNode.Answering(call =>
    {
        var parameters = call.GetProperty("params");
        if (call.GetProperty("method").GetString() == "eth_getTransactionCount")
        {
            return $"\"0x{blocks.Count(b => b <= Height(parameters[1])):x}\"";
        }

        var height = Height(parameters[0]);
        var mined = blocks.Select((block, nonce) => (block, nonce)).Where(t => t.block == height && !hides).Select(t =>
            $$"""{"hash":"{{Hash(1000 + (ulong)t.nonce)}}","from":"{{Account}}","to":"{{Account}}","value":"0x0","nonce":"0x{{t.nonce:x}}","input":"0x","chainId":"0x7a69","blockNumber":"0x{{height:x}}","blockHash":"{{Hash(height)}}","type":"0x2"}""");
        return $$"""{"number":"0x{{height:x}}","hash":"{{Hash(height)}}","parentHash":"{{Hash(height + 5000)}}","timestamp":"0x1","baseFeePerGas":"0x1","transactions":[{{string.Join(',', mined)}}]}""";
    });

    private static ulong Height(JsonElement block) => Convert.ToUInt64(block.GetString()![2..], 16);

    private static string Hash(ulong seed) => "0x" + seed.ToString("x").PadLeft(64, '0');
}
