using Custody.Core.Governance;

namespace Custody.Core.Gate;

/// <summary>The time on which all of the governed chains agree.</summary>
public static class ChainClocks
{
    /// <summary>The slowest chain's time: one node that lies about the time loosens nothing. Null when one of them gives none.</summary>
    public static async Task<DateTimeOffset?> SlowestAsync(this IChainClock clock, Governed governed, CancellationToken cancellation)
    {
        DateTimeOffset? slowest = null;
        foreach (var chain in governed.Document.Chains)
        {
            if (await clock.NewestFinalAsync(chain.Id, governed, cancellation).ConfigureAwait(false) is not { } newest)
            {
                return null;
            }

            slowest = slowest < newest ? slowest : newest;
        }

        return slowest;
    }
}
