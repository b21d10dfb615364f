using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>Rule: the votes make the quorum under every governance version that counts; one rejection under any of them ends it.</summary>
public static class ApprovalCount
{
    /// <summary>Counts the stored votes under each of an intent's terms (<see cref="IntentTerms"/>); without terms nothing is approved.</summary>
    public static ApprovalTally Under(IReadOnlyList<GovernedRule> terms, IEnumerable<string> votes, WithdrawalIntent intent, StopView stops, Clocks now)
    {
        var stored = votes.ToList();
        var tallies = terms.Select(t => QuorumRule.Count(stored, intent, t.Rule.Approvals, t.Governed, stops, now)).ToList();
        if (tallies.Count == 0)
        {
            return default;
        }

        var rejection = tallies.FirstOrDefault(t => t.Outcome == ApprovalOutcome.Rejected);
        var outcome = rejection.Outcome == ApprovalOutcome.Rejected ? ApprovalOutcome.Rejected
            : tallies.All(t => t.Outcome == ApprovalOutcome.Approved) ? ApprovalOutcome.Approved
            : ApprovalOutcome.Waiting;
        return new ApprovalTally(outcome, tallies.Min(t => t.Approvals), tallies.Max(t => t.Needed), rejection.RejectedBy, tallies.Any(t => t.OnlyWebAuthn));
    }
}
