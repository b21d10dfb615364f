using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>Rule: one vote is signed by a registered device of its approver, which nothing suspended, and is about exactly this intent and attempt.</summary>
public static class VoteRule
{
    /// <summary>Verifies a vote as it was posted, or again as it was stored.</summary>
    public static VoteReading Verify(string posted, WithdrawalIntent intent, Governed governed, StopView stops, Clocks now)
    {
        var (read, vote) = SignedVote.Read(posted, governed, now);
        if (vote is not { Statement: var statement, Approver: var approver })
        {
            return new VoteReading(read, null, null);
        }

        var verdict = Verdict.All(
            () => TrainingRule.Check(approver, statement.DeviceId, now.Later),
            () => Require(stops.SuspensionOf(approver.Id, statement.DeviceId) is null, RefusalCode.DeviceSuspended, "The device is suspended; its votes count nowhere."),
            () => Require(statement.Version == 1 && statement.Decision != ApprovalDecision.Unknown, RefusalCode.BodyMalformed, "The statement has no known version and decision."),
            () => Require(statement.WithdrawalId == intent.WithdrawalId, RefusalCode.IntentMismatch, "The statement is about another withdrawal."),
            () => Require(statement.Attempt == intent.Attempt, RefusalCode.AttemptMismatch, $"The statement is about attempt {statement.Attempt}, and the withdrawal is in attempt {intent.Attempt}."),
            () => Require(statement.IntentDigest == intent.Digest(), RefusalCode.IntentMismatch, "The statement is about another intent."),
            () => Require(!stops.IsVoteWithdrawn(intent.WithdrawalId, intent.Attempt, approver.Id), RefusalCode.VoteWithdrawn, "The approver took this vote back."),
            () => Require(statement.PolicyVersion == intent.PolicyVersion, RefusalCode.GovernanceSuperseded, "The statement is about another governance version."),
            () => Require(statement.SignedAt <= now.Host + Jws.ClockSkew && now.Later < statement.ExpiresAt, RefusalCode.StatementExpired, "The statement has expired, or is from the future."),
            () => Require(!SelfApprovalRule.IsInitiator(approver, intent, governed), RefusalCode.SelfApproval, "Who initiated a withdrawal cannot approve it."));
        return verdict.IsAllowed ? new VoteReading(verdict, statement, approver, vote.Assertion) : new VoteReading(verdict, null, null);
    }

    private static Verdict Require(bool holds, RefusalCode code, string detail) => holds ? Verdict.Allowed : Verdict.Refused(code, detail);
}
