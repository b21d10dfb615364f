using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the stored votes, each verified again now, make the quorum of the rule that matched, and none rejects; in the
/// governance version that the intent names, and in the one in force.
/// </summary>
public static class ApprovalRule
{
    /// <summary>Checks the votes in the file.</summary>
    public static Verdict Check(GateFacts facts, WithdrawalIntent intent, IReadOnlyList<GovernedRule> terms)
    {
        var votes = facts.Case.WithPrefix(CaseDocuments.Votes(intent.Attempt)).Select(d => System.Text.Encoding.ASCII.GetString(d.Content.Span)).ToList();
        var tally = ApprovalCount.Under(terms, votes, intent, facts.Now);
        var named = ApprovalCount.Under([terms[0]], votes, intent, facts.Now);
        return tally.Outcome switch
        {
            ApprovalOutcome.Approved => Verdict.Allowed,
            ApprovalOutcome.Rejected => Verdict.Refused(RefusalCode.RejectedByApprover, $"The approver '{tally.RejectedBy}' rejected the withdrawal."),
            _ when named.Outcome == ApprovalOutcome.Approved => IntentTerms.Tightened(facts.Governed, $"counts {tally.Approvals} of {tally.Needed} approvals."),
            // Time alone is no sign of tampering, and whoever signs for a short time must not be able to freeze a vault with it.
            _ when votes.Select(v => VoteRule.Verify(v, intent, terms[0].Governed, facts.Now).Verdict).FirstOrDefault(RanOut) is { Code: not RefusalCode.Unspecified } late
                => Verdict.Refused(late.Code, $"{tally.Approvals} of {tally.Needed} approvals still count: {late.Detail}"),
            _ => Verdict.Refused(RefusalCode.QuorumMissing, $"{tally.Approvals} of {tally.Needed} approvals verify."),
        };
    }

    private static bool RanOut(Verdict verdict) => verdict is
    {
        IsAllowed: false,
        Code: RefusalCode.StatementExpired or RefusalCode.TrainingExpired or RefusalCode.DeviceEvidenceExpired or RefusalCode.KeyNotValid,
    };
}
