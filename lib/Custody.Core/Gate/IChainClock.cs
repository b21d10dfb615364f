using Custody.Core.Assets;

namespace Custody.Core.Gate;

/// <summary>The second clock: what the chain says the time is.</summary>
public interface IChainClock
{
    /// <summary>The time of the newest final block; null when no node gives a recent one.</summary>
    Task<DateTimeOffset?> NewestFinalAsync(ChainId chain, CancellationToken cancellation);
}
