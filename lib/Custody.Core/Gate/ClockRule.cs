using Custody.Core.Governance;

namespace Custody.Core.Gate;

/// <summary>How the host's clock stands to a chain's newest block.</summary>
public enum ClockDifference
{
    /// <summary>They tell the same time, within the tolerance.</summary>
    None = 0,

    /// <summary>The host's clock is ahead, or the chain stands still.</summary>
    HostAhead,

    /// <summary>The host's clock is behind, or blocks carry times that have not come.</summary>
    HostBehind,
}

/// <summary>
/// Rule: the host's clock and a chain's newest block tell the same time. What time loosens waits for both and what it tightens
/// goes by either, so a wrong clock gets nothing paid; but one of the two controls is gone until somebody sets it right.
/// </summary>
public static class ClockRule
{
    /// <summary>How far apart they may be. Blocks come seldom on some chains: a newest block may be as old as governance believes one.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    /// <summary>Compares the two clocks.</summary>
    public static ClockDifference Compare(ChainRegistration chain, DateTimeOffset newestBlock, DateTimeOffset host)
    {
        var age = TimeSpan.FromSeconds(chain.MaxBlockAgeSeconds);
        return host - newestBlock > (age > Tolerance ? age : Tolerance) ? ClockDifference.HostAhead
            : newestBlock - host > Tolerance ? ClockDifference.HostBehind
            : ClockDifference.None;
    }
}
