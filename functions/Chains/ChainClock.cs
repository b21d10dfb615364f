using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;

namespace Custody.Functions.Chains;

/// <summary>The chain's time: the newest block at the governed depth. A node that cannot say, or whose chain stands still, gives none.</summary>
public sealed class ChainClock(ChainNodes nodes, TimeProvider time) : IChainClock
{
    /// <inheritdoc />
    public async Task<DateTimeOffset?> NewestFinalAsync(ChainId chain, Governed governed, CancellationToken cancellation)
    {
        if (governed.Chain(chain) is not { } registration)
        {
            return null;
        }

        try
        {
            if (!(await nodes.CheckAsync(registration, cancellation)).IsAllowed)
            {
                return null;
            }

            var node = nodes.Of(chain);
            var newest = await node.HeaderAsync(BlockReference.Latest, cancellation);
            var depth = (ulong)registration.FinalityDepth - 1;
            if (newest is null || newest.Timestamp < time.GetUtcNow() - TimeSpan.FromSeconds(registration.MaxBlockAgeSeconds))
            {
                return null;
            }

            return newest.Number < depth ? null : (await node.HeaderAsync(BlockReference.At(newest.Number - depth), cancellation))?.Timestamp;
        }
        catch (NodeUnavailableException)
        {
            return null;
        }
        catch (NodeAnswerException)
        {
            return null;
        }
    }
}
