namespace Custody.Core.Governance;

/// <summary>How long a change waits.</summary>
/// <param name="WeakeningSeconds">From the stop journal's record of a weakening's quorum until it takes effect; at least 1.</param>
public sealed record GovernanceDelays(int WeakeningSeconds)
{
    /// <summary>What holds where governance sets nothing: seven days.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(7);
}
