using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>
/// Rule: enough distinct people, from enough sites, of the roles that count, approved this intent, and nobody rejected it.
/// Every stored vote is verified again here; one that no longer verifies is as if it were not there, and so is one by WebAuthn
/// where the rule does not accept those. At least one approval is of a device that verified what it signed.
/// </summary>
public static class QuorumRule
{
    /// <summary>Counts the stored votes, each a compact JWS or a vote by WebAuthn.</summary>
    public static ApprovalTally Count(IEnumerable<string> votes, WithdrawalIntent intent, Quorum quorum, Governed governed, StopView stops, Clocks now)
    {
        var valid = votes.Select(v => VoteRule.Verify(v, intent, governed, stops, now)).Where(v => v.Verdict.IsAllowed && WebAuthnAllowance.Check(v, quorum).IsAllowed).ToList();
        var rejection = valid.FirstOrDefault(v => v.Statement!.Decision == ApprovalDecision.Reject);
        var approvals = valid
            .Where(v => v.Statement!.Decision == ApprovalDecision.Approve && (quorum.Roles?.Contains(v.Approver!.Role) ?? true))
            .ToList();
        var approvers = approvals
            .Select(v => v.Approver!)
            .ToList();
        var people = approvers.DistinctBy(a => a.Person, StringComparer.Ordinal).ToList();
        var isEnough = IsReached(quorum, approvers, people);
        var isVerified = approvals.Any(v => v.Assertion is null);
        var outcome = rejection.Statement is not null ? ApprovalOutcome.Rejected
            : quorum.IsAutomatic() || (isEnough && isVerified) ? ApprovalOutcome.Approved
            : ApprovalOutcome.Waiting;
        return new ApprovalTally(outcome, people.Count, quorum.Min, rejection.Statement?.ApproverId, isEnough && !isVerified);
    }

    private static bool IsReached(Quorum quorum, IReadOnlyList<Approver> approvers, IReadOnlyList<Approver> people) =>
        quorum.Min >= 1 && people.Count >= quorum.Min
        && people.Select(a => a.Site).Distinct(StringComparer.Ordinal).Count() >= quorum.MinSites
        && (quorum.Groups is not { } groups || GroupPlaces.AreFilled(groups, approvers));
}
