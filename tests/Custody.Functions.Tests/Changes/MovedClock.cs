using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;

namespace Custody.Functions.Tests.Changes;

/// <summary>A chain whose time a test moves; null while it gives none.</summary>
internal sealed class MovedClock : IChainClock
{
    public DateTimeOffset? Time { get; set; }

    public Task<DateTimeOffset?> NewestFinalAsync(ChainId chain, Governed governed, CancellationToken cancellation) => Task.FromResult(Time);
}
