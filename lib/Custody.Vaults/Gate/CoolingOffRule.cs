using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the rule's cooling-off, counted from the stop journal's record of the quorum, is past by the host's clock and by the
/// chain's. Neither a moved clock nor a statement's own date shortens it.
/// </summary>
public static class CoolingOffRule
{
    /// <summary>What is said while it runs.</summary>
    public static Verdict Running => Verdict.Refused(RefusalCode.NotAwaitingApproval, "The cooling-off after the quorum still runs.");

    /// <summary>
    /// Allowed once it is past, with the time that it ran until. Refused with that time while it runs; refused without one when the journal never recorded the
    /// quorum: waiting would never help, so people must look.
    /// </summary>
    public static (Verdict Verdict, DateTimeOffset? Until) Check(GateFacts facts, WithdrawalIntent intent, IReadOnlyList<GovernedRule> terms)
    {
        var seconds = terms.Max(t => t.Rule.CoolingOffSeconds);
        if (seconds == 0)
        {
            return (Verdict.Allowed, null);
        }

        if (facts.Stops.QuorumReachedAt(intent.WithdrawalId, intent.Attempt, intent.Digest()) is not { } reached)
        {
            // Where the version that the intent names asks for no cooling-off, no line was due: governance asks for one since.
            return terms[0].Rule.CoolingOffSeconds == 0
                ? (IntentTerms.Tightened(facts.Governed, "asks for a cooling-off."), null)
                : (Verdict.Refused(RefusalCode.QuorumMissing, "The stop journal never recorded a quorum over this intent."), null);
        }

        var until = reached + TimeSpan.FromSeconds(seconds);
        return facts.Now >= until && facts.ChainTime >= until
            ? (Verdict.Allowed, until)
            : (Running, until);
    }
}
