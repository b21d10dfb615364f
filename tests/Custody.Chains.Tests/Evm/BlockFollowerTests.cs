using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.TestKeys;

namespace Custody.Chains.Tests.Evm;

public sealed class BlockFollowerTests
{
    private const ulong Finality = 12;
    private static readonly EvmAddress Ours = TestKey.Funded.Address;
    private static readonly EvmAddress Stranger = TestKey.Eip155.Address;
    private static readonly ChainCursor Cursor = new([.. Enumerable.Range(100, 20).Select(n => new BlockPoint((ulong)n, Hash('a', n)))]);

    [Fact]
    public void Forward_NextBlock_AdvancesWithOurTransactionsOnly()
    {
        EvmTransaction[] transactions = [Spend(Ours, Stranger, 1), Spend(Stranger, Ours, 2), Spend(Stranger, Stranger, 3), Spend(Stranger, null, 4)];
        var block = new EvmBlock(Header('a', 120), transactions);
        var step = Assert.IsType<WatchStep.Advance>(BlockFollower.Forward(Cursor, null, block, a => a == Ours));
        Assert.Equal(transactions[..2], step.Ours);
        Assert.Equal(block.Header.Point, step.Cursor.Head);
        Assert.Equal(21, step.Cursor.Blocks.Count);
    }

    [Fact]
    public void Forward_OverTheKeptBlocks_DropsTheOldest()
    {
        var full = new ChainCursor([.. Enumerable.Range(0, ChainCursor.Kept).Select(n => new BlockPoint((ulong)n, Hash('a', n)))]);
        var step = Assert.IsType<WatchStep.Advance>(BlockFollower.Forward(full, null, new EvmBlock(Header('a', ChainCursor.Kept), []), _ => true));
        Assert.Equal((ChainCursor.Kept, 1ul), (step.Cursor.Blocks.Count, step.Cursor.Blocks[0].Number));
    }

    [Fact]
    public void Forward_NoNextBlock_IsCaughtUpBehindOrForked()
    {
        Assert.IsType<WatchStep.CaughtUp>(BlockFollower.Forward(Cursor, Header('a', 119), null, _ => true));
        Assert.Equal(new WatchStep.NodeBehind(119), BlockFollower.Forward(Cursor, null, null, _ => true));
        Assert.Null(BlockFollower.Forward(Cursor, Header('b', 119), null, _ => true));
    }

    [Fact]
    public void Forward_NextBlockOfAnotherParentOrHeight_IsNoStep()
    {
        Assert.Null(BlockFollower.Forward(Cursor, null, new EvmBlock(Header('a', 120) with { ParentHash = Hash('b', 119) }, []), _ => true));
        Assert.Null(BlockFollower.Forward(Cursor, null, new EvmBlock(Header('a', 121) with { ParentHash = Hash('a', 119) }, []), _ => true));
    }

    [Fact]
    public void Back_BlockInCommon_IsTheForkPoint()
    {
        Assert.Null(BlockFollower.Back(Cursor, Header('b', 119), Finality));
        var step = Assert.IsType<WatchStep.Reorg>(BlockFollower.Back(Cursor, Header('a', 116), Finality));
        Assert.Equal(new BlockPoint(116, Hash('a', 116)), step.ForkPoint);
        Assert.Equal([117ul, 118ul, 119ul], step.Orphaned.Select(b => b.Number));
        Assert.Equal(step.ForkPoint, step.Cursor.Head);
        Assert.Equal(100ul, step.Cursor.Blocks[0].Number);
    }

    [Fact]
    public void Back_FinalBlockOrphaned_IsTooDeep()
    {
        // Twelve confirmations make a block final at depth 12: orphaning it is too deep, orphaning eleven is a reorganisation.
        Assert.IsType<WatchStep.Reorg>(BlockFollower.Back(Cursor, Header('a', 108), Finality));
        Assert.Equal(new WatchStep.TooDeep(12), BlockFollower.Back(Cursor, Header('a', 107), Finality));
    }

    [Fact]
    public void Back_NothingKeptInCommon_IsTooDeep()
    {
        Assert.Null(BlockFollower.Back(Cursor, Header('b', 101), finalityDepth: 1000));
        Assert.Equal(new WatchStep.TooDeep(20), BlockFollower.Back(Cursor, Header('b', 100), finalityDepth: 1000));
        Assert.Equal(new WatchStep.TooDeep(20), BlockFollower.Back(Cursor, Header('a', 99), finalityDepth: 1000));
    }

    [Fact]
    public void Cursor_GapOrNothing_Throws()
    {
        Assert.Throws<ArgumentException>(() => new ChainCursor([]));
        Assert.Throws<ArgumentException>(() => new ChainCursor([new BlockPoint(1, "a"), new BlockPoint(3, "b")]));
    }

    [Fact]
    public void Cursor_Json_RoundTrips()
    {
        var json = CanonicalJson.Serialize(Cursor);
        Assert.Equal(Cursor.Blocks, CanonicalJson.Deserialize<ChainCursor>(json).Blocks);
    }

    [Theory]
    [InlineData(10, 10, 1, true)]
    [InlineData(10, 10, 2, false)]
    [InlineData(10, 20, 11, true)]
    [InlineData(10, 20, 12, false)]
    [InlineData(11, 10, 1, false)]
    [InlineData(10, 10, 0, false)]
    [InlineData(0, ulong.MaxValue - 1, ulong.MaxValue, true)]
    public void IsReached_CountsTheBlockItself(ulong included, ulong head, ulong depth, bool reached) =>
        Assert.Equal(reached, Confirmation.IsReached(included, head, depth));

    private static EvmHeader Header(char fork, int number) =>
        new((ulong)number, Hash(fork, number), Hash(fork, number - 1), DateTimeOffset.UnixEpoch, 7);

    private static EvmTransaction Spend(EvmAddress from, EvmAddress? to, int number) => new(Hash('f', number), from, to, 1, 0, 0, 1);

    private static string Hash(char fork, int number) => $"0x{new string(fork, 56)}{number:x8}";
}
