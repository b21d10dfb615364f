using Custody.Core.Approvals;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the stored votes, each verified again now, make the quorum of the rule that matched, none rejects, and a call that
/// the rule asks for was recorded.
/// </summary>
public static class ApprovalRule
{
    /// <summary>Checks the votes in the file.</summary>
    public static Verdict Check(GateFacts facts, WithdrawalIntent intent, PolicyRule rule)
    {
        var votes = Compacts(CaseDocuments.Votes(intent.Attempt));
        var tally = QuorumRule.Count(votes, intent, rule.Approvals, facts.Governed, facts.Stops, facts.Now);
        return tally.Outcome switch
        {
            ApprovalOutcome.Approved => VideoRule.Check(Compacts(CaseDocuments.Videos(intent.Attempt)), votes, intent, rule, facts.Governed, facts.Stops, facts.Now),
            ApprovalOutcome.Rejected => Verdict.Refused(RefusalCode.RejectedByApprover, $"The approver '{tally.RejectedBy}' rejected the withdrawal."),
            // None of these is a sign of tampering: whoever takes a vote back or signs for a short time, and one bad device, must not
            // be able to freeze a vault with it.
            _ when Refused(RefusalCode.VoteWithdrawn) => Verdict.Refused(
                RefusalCode.VoteWithdrawn, $"{tally.Approvals} of {tally.Needed} approvals still count; others were taken back."),
            _ when Refused(RefusalCode.DeviceSuspended) => Verdict.Refused(
                RefusalCode.DeviceSuspended, $"{tally.Approvals} of {tally.Needed} approvals still count; others are of a suspended device."),
            _ when Refused(RefusalCode.StatementExpired) => Verdict.Refused(
                RefusalCode.StatementExpired, $"{tally.Approvals} of {tally.Needed} approvals still count; others have expired."),
            _ when tally.OnlyWebAuthn => Verdict.Refused(
                RefusalCode.BundleUnverified, $"{tally.Approvals} of {tally.Needed} approved, and none with a device that verified what it signed."),
            _ => Verdict.Refused(RefusalCode.QuorumMissing, $"{tally.Approvals} of {tally.Needed} approvals verify."),
        };

        List<string> Compacts(string prefix) => [.. facts.Case.WithPrefix(prefix).Select(d => System.Text.Encoding.ASCII.GetString(d.Content.Span))];

        bool Refused(RefusalCode code) => votes.Any(
            v => VoteRule.Verify(v, intent, facts.Governed, facts.Stops, facts.Now).Verdict is { IsAllowed: false } verdict && verdict.Code == code);
    }
}
