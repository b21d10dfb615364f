using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>Takes the steps of <see cref="BlockFollower"/> with a node's answers: one block read per step, and one header when caught up.</summary>
public sealed class BlockReader(IEvmNode node)
{
    /// <summary>
    /// The next step from <paramref name="cursor"/>. Call again with the step's cursor, once that is stored, until caught up.
    /// A node that reorganises between two of the questions may contradict itself; then the step is taken again later.
    /// </summary>
    public async Task<WatchStep> StepAsync(
        ChainCursor cursor, ulong finalityDepth, Func<EvmAddress, bool> isOurs, CancellationToken cancellation)
    {
        var head = cursor.Head.Number;
        var next = await node.BlockAsync(BlockReference.At(head + 1), cancellation);
        var tip = next is null ? await node.HeaderAsync(BlockReference.At(head), cancellation) : null;
        return BlockFollower.Forward(cursor, tip, next, isOurs) ?? await FindForkAsync(cursor, finalityDepth, cancellation);
    }

    private async Task<WatchStep> FindForkAsync(ChainCursor cursor, ulong finalityDepth, CancellationToken cancellation)
    {
        for (var number = cursor.Head.Number; ; number--)
        {
            var canonical = await node.HeaderAsync(BlockReference.At(number), cancellation);
            if (canonical is null)
            {
                return new WatchStep.NodeBehind(number);
            }

            if (canonical.Point == cursor.Head)
            {
                throw new NodeAnswerException($"The node's block {number + 1} does not follow its block {number}.");
            }

            if (BlockFollower.Back(cursor, canonical, finalityDepth) is { } step)
            {
                return step;
            }
        }
    }
}
