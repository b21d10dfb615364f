using System.Globalization;
using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Testing;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm.Quorum;

/// <summary>Three nodes, each a process with a chain and a pool of its own, that make the same blocks when they are told the same.</summary>
public sealed class RealProvidersTests : IAsyncLifetime
{
    private const long Genesis = 1_700_000_000;
    private static readonly TestKey Vault = TestKey.Funded;
    private static readonly EvmAddress Customer = EvmAddress.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
    private readonly HttpClient _http = new();
    private readonly Told _told = new();
    private readonly List<AnvilNode> _living = [];
    private AnvilNode _a = null!;
    private AnvilNode _b = null!;
    private AnvilNode _c = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_a, _b, _c) = (await StartAsync(Genesis), await StartAsync(Genesis), await StartAsync(Genesis));
        _living.AddRange([_a, _b, _c]);
        await MineAsync(10, _a, _b, _c);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _living)
        {
            await node.DisposeAsync();
        }

        _http.Dispose();
    }

    [Fact]
    public async Task Payment_OneForksAndThenDies_IsPaidOnceByTheOthersWord()
    {
        var node = Of(_a, _b, _c);
        var signed = TransactionBuildTests.Sign(new EvmTransfer(31337, 0, 1_000_000_000, 3_000_000_000, Customer, BigInteger.Pow(10, 18)), Vault);
        Assert.Equal(BroadcastVerdict.Accepted, (await node.SendAsync(signed.Bytes, signed.TxId, Cancellation)).Verdict);
        foreach (var one in new[] { _a, _b, _c })
        {
            Assert.NotNull(await Client(one).TransactionAsync(signed.TxId, Cancellation));
        }

        await MineAsync(20, _a, _b);
        await MineAsync(21, _c);
        var receipt = await node.ReceiptAsync(signed.TxId, Cancellation);
        Assert.True(receipt!.Succeeded);
        Assert.Equal(receipt.Block, (await node.HeaderAsync(BlockReference.At(receipt.Block.Number), Cancellation))!.Point);
        Assert.Equal(["Disagrees c"], _told.Reports);

        await DieAsync(_c);
        Assert.Equal(1ul, await node.TransactionCountAsync(Vault.Address, BlockReference.Latest, Cancellation));
        Assert.Equal(BroadcastVerdict.NonceTooLow, (await Of(_a, _b).SendAsync(signed.Bytes, signed.TxId, Cancellation)).Verdict);
        Assert.Equal(BroadcastVerdict.Unknown, (await node.SendAsync(signed.Bytes, signed.TxId, Cancellation)).Verdict);
        await DieAsync(_b);
        await Assert.ThrowsAsync<NodeQuorumException>(() => node.TransactionCountAsync(Vault.Address, BlockReference.Latest, Cancellation));
    }

    [Fact]
    public async Task Payment_OneOfTwoHasNotMinedIt_IsNeitherThereNorAbsent()
    {
        var node = Of(_a, _b);
        var signed = TransactionBuildTests.Sign(new EvmTransfer(31337, 0, 1_000_000_000, 3_000_000_000, Customer, 1), Vault);
        await node.SendAsync(signed.Bytes, signed.TxId, Cancellation);
        await MineAsync(20, _a);
        await Assert.ThrowsAsync<NodeQuorumException>(() => node.TransactionAsync(signed.TxId, Cancellation));
        Assert.Equal(0ul, await node.TransactionCountAsync(Vault.Address, BlockReference.Latest, Cancellation));
        await MineAsync(20, _b);
        Assert.NotNull((await node.TransactionAsync(signed.TxId, Cancellation))!.Block);
    }

    [Fact]
    public async Task Genesis_OneIsOnAnotherChain_IsTheMajoritysAndOfTwoNobodys()
    {
        await using var elsewhere = await StartAsync(Genesis + 1);
        Assert.Equal(await Client(_a).GenesisHashAsync(Cancellation), await Of(_a, elsewhere, _b).GenesisHashAsync(Cancellation));
        Assert.Equal(["Disagrees b"], _told.Reports);
        await Assert.ThrowsAsync<NodeQuorumException>(() => Of(_a, elsewhere).GenesisHashAsync(Cancellation));
    }

    [Fact]
    public async Task Follow_OneForks_FollowsTheOthers()
    {
        var node = Of(_a, _b, _c);
        var cursor = ChainCursor.StartAt((await node.HeaderAsync(BlockReference.Latest, Cancellation))!.Point);
        await MineAsync(20, _a, _b);
        await MineAsync(21, _c);
        var advance = Assert.IsType<WatchStep.Advance>(await new BlockReader(node).StepAsync(cursor, 12, _ => false, Cancellation));
        Assert.Equal((await Client(_a).HeaderAsync(BlockReference.Latest, Cancellation))!.Point, advance.Cursor.Head);
        Assert.Equal(["Disagrees c"], _told.Reports);
    }

    private static Task<AnvilNode> StartAsync(long genesis) =>
        AnvilNode.StartAsync(blockSeconds: null, more: ["--no-mining", "--timestamp", genesis.ToString(CultureInfo.InvariantCulture)]);

    // The same block in each: nothing but its time tells two of them apart.
    private static async Task MineAsync(long at, params AnvilNode[] nodes)
    {
        foreach (var node in nodes)
        {
            await node.CallAsync("evm_setNextBlockTimestamp", Genesis + at);
            await node.CallAsync("evm_mine");
        }
    }

    private async Task DieAsync(AnvilNode node)
    {
        _living.Remove(node);
        await node.DisposeAsync();
    }

    private EvmNode Client(AnvilNode node) => new(_http, new EvmNodeOptions(node.Url, TimeSpan.FromSeconds(30)), TimeProvider.System);

    private QuorumNode Of(params AnvilNode[] nodes) => new(
        ChainId.Parse("eip155:31337"), [.. nodes.Select((n, i) => new NodeProvider($"{(char)('a' + i)}", Client(n)))], NodeQuorumTerms.Default, _told, TimeProvider.System);
}
