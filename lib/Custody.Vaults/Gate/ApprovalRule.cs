using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the stored votes, each verified again now, make the quorum of the rule that matched, none rejects, and a call that
/// the rule asks for was recorded; in the governance version that the intent names, and in the one in force.
/// </summary>
public static class ApprovalRule
{
    /// <summary>Checks the votes in the file.</summary>
    public static Verdict Check(GateFacts facts, WithdrawalIntent intent, IReadOnlyList<GovernedRule> terms)
    {
        var votes = Compacts(CaseDocuments.Votes(intent.Attempt));
        return Verdict.All(
            () => Quorum(terms, votes, intent, facts.Stops, facts.Clocks, facts.Governed),
            () => VideoRule.Under(terms, Compacts(CaseDocuments.Videos(intent.Attempt)), votes, intent, facts.Stops, facts.Clocks));

        List<string> Compacts(string prefix) => [.. facts.Case.WithPrefix(prefix).Select(d => System.Text.Encoding.ASCII.GetString(d.Content.Span))];
    }

    /// <summary>Checks these votes on an intent, of whatever kind.</summary>
    internal static Verdict Quorum(IReadOnlyList<GovernedRule> terms, IReadOnlyList<string> votes, WithdrawalIntent intent, StopView stops, Clocks now, Governed governed)
    {
        var tally = ApprovalCount.Under(terms, votes, intent, stops, now);
        var named = ApprovalCount.Under([terms[0]], votes, intent, stops, now);
        return tally.Outcome switch
        {
            ApprovalOutcome.Approved => Verdict.Allowed,
            ApprovalOutcome.Rejected => Verdict.Refused(RefusalCode.RejectedByApprover, $"The approver '{tally.RejectedBy}' rejected the withdrawal."),
            _ when named.Outcome == ApprovalOutcome.Approved => IntentTerms.Tightened(governed, $"counts {tally.Approvals} of {tally.Needed} approvals."),
            _ when votes.Select(v => VoteRule.Verify(v, intent, terms[0].Governed, stops, now).Verdict).FirstOrDefault(IsNoTampering) is { Code: not RefusalCode.Unspecified } lost
                => Verdict.Refused(lost.Code, $"{tally.Approvals} of {tally.Needed} approvals still count: {lost.Detail}"),
            _ when tally.OnlyWebAuthn => Verdict.Refused(
                RefusalCode.BundleUnverified, $"{tally.Approvals} of {tally.Needed} approved, and none with a device that verified what it signed."),
            _ => Verdict.Refused(RefusalCode.QuorumMissing, $"{tally.Approvals} of {tally.Needed} approvals verify."),
        };
    }

    // Whoever takes a vote back or signs for a short time, and one bad device, must not be able to freeze a vault with it.
    private static bool IsNoTampering(Verdict verdict) => verdict is
    {
        IsAllowed: false,
        Code: RefusalCode.VoteWithdrawn or RefusalCode.DeviceSuspended or RefusalCode.StatementExpired or RefusalCode.TrainingExpired
            or RefusalCode.DeviceEvidenceExpired or RefusalCode.KeyNotValid,
    };
}
