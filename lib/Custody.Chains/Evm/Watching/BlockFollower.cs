using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>
/// Follows a chain by parent hash. Pure: <see cref="BlockReader"/> asks the node and hands over its answers.
/// </summary>
public static class BlockFollower
{
    /// <summary>
    /// One step forward. Null means that <paramref name="next"/> does not extend the cursor: the reader then looks for the fork.
    /// </summary>
    /// <param name="cursor">What has been followed.</param>
    /// <param name="tip">The node's block at the cursor's newest height; null when it has none.</param>
    /// <param name="next">The node's block after it; null when it has none.</param>
    /// <param name="isOurs">Whether an account is one of ours.</param>
    public static WatchStep? Forward(ChainCursor cursor, EvmHeader? tip, EvmBlock? next, Func<EvmAddress, bool> isOurs)
    {
        if (next is not null)
        {
            return next.Header.Number == cursor.Head.Number + 1 && next.Header.ParentHash == cursor.Head.Hash
                ? new WatchStep.Advance(next, Ours(next, isOurs), cursor.Append(next.Header.Point))
                : null;
        }

        return tip switch
        {
            null => new WatchStep.NodeBehind(cursor.Head.Number),
            _ when tip.Point == cursor.Head => new WatchStep.CaughtUp(),
            _ => null,
        };
    }

    /// <summary>
    /// One step back, at a height that is kept. Null means that <paramref name="canonical"/> is not the fork point either: the
    /// reader then asks for the block before it.
    /// </summary>
    /// <param name="cursor">What has been followed.</param>
    /// <param name="canonical">The node's block at a height of the cursor.</param>
    /// <param name="finalityDepth">The governed number of confirmations after which a block counts as final.</param>
    public static WatchStep? Back(ChainCursor cursor, EvmHeader canonical, ulong finalityDepth)
    {
        // With k blocks orphaned the oldest of them had k confirmations.
        var orphaned = cursor.Blocks.Where(b => b.Number > canonical.Number).ToList();
        if ((ulong)orphaned.Count >= finalityDepth)
        {
            return new WatchStep.TooDeep(orphaned.Count);
        }

        if (cursor.HashAt(canonical.Number) == canonical.Hash)
        {
            return new WatchStep.Reorg(canonical.Point, orphaned, cursor.BackTo(canonical.Number));
        }

        return canonical.Number <= cursor.Blocks[0].Number ? new WatchStep.TooDeep(cursor.Blocks.Count) : null;
    }

    private static List<EvmTransaction> Ours(EvmBlock block, Func<EvmAddress, bool> isOurs) =>
        [.. block.Transactions.Where(t => isOurs(t.From) || (t.To is { } to && isOurs(to)))];
}
