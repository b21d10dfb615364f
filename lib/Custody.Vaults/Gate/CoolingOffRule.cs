using Custody.Core.Intents;
using Custody.Core.Policy;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the rule's cooling-off, counted from the stop journal's record of the quorum, is past by the host's clock and by the
/// chain's. Neither a moved clock nor a statement's own date shortens it.
/// </summary>
public static class CoolingOffRule
{
    /// <summary>Null when signing may go on; else the time to wait for (the far future when the quorum was never recorded).</summary>
    public static DateTimeOffset? WaitUntil(GateFacts facts, WithdrawalIntent intent, PolicyRule rule)
    {
        if (rule.CoolingOffSeconds == 0)
        {
            return null;
        }

        if (facts.Stops.QuorumReachedAt(intent.WithdrawalId, intent.Attempt, intent.Digest()) is not { } reached)
        {
            return DateTimeOffset.MaxValue;
        }

        var until = reached + TimeSpan.FromSeconds(rule.CoolingOffSeconds);
        return facts.Now >= until && facts.ChainTime >= until ? null : until;
    }
}
