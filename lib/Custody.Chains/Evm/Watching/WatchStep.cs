namespace Custody.Chains.Evm;

/// <summary>One step of following a chain. The cursor to store comes with it where it moved.</summary>
public abstract record WatchStep
{
    private WatchStep()
    {
    }

    /// <summary>The next block extends what was followed.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Ours">Its transactions that one of our accounts sent or receives.</param>
    /// <param name="Cursor">The cursor after it.</param>
    public sealed record Advance(EvmBlock Block, IReadOnlyList<EvmTransaction> Ours, ChainCursor Cursor) : WatchStep;

    /// <summary>The chain left what was followed; the blocks that took the place of the orphaned ones come as later steps.</summary>
    /// <param name="ForkPoint">The last block in common.</param>
    /// <param name="Orphaned">The blocks that are no longer in the chain, oldest first.</param>
    /// <param name="Cursor">The cursor back at the fork point.</param>
    public sealed record Reorg(BlockPoint ForkPoint, IReadOnlyList<BlockPoint> Orphaned, ChainCursor Cursor) : WatchStep;

    /// <summary>Nothing new: the node has no block after the cursor's newest, and still has that one.</summary>
    public sealed record CaughtUp : WatchStep;

    /// <summary>The node has not reached the cursor's newest block. A lagging node is not evidence of a reorganisation.</summary>
    /// <param name="Awaited">The height that it should have.</param>
    public sealed record NodeBehind(ulong Awaited) : WatchStep;

    /// <summary>
    /// A block that counted as final, or every block that is kept, is no longer in the chain: a person decides, and nothing
    /// is undone by itself.
    /// </summary>
    /// <param name="Depth">How many blocks are orphaned at least.</param>
    public sealed record TooDeep(int Depth) : WatchStep;
}
