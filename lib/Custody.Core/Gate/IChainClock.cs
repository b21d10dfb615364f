using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Core.Gate;

/// <summary>The second clock: what the chain says the time is.</summary>
public interface IChainClock
{
    /// <summary>The time of the newest block at the governed depth; null when the chain is not governed or no node gives a recent one.</summary>
    Task<DateTimeOffset?> NewestFinalAsync(ChainId chain, Governed governed, CancellationToken cancellation);
}
