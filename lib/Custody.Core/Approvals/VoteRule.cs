using System.Text.Json;
using Custody.Core.Encoding;
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
    public static VoteReading Verify(string compact, WithdrawalIntent intent, Governed governed, StopView stops, DateTimeOffset now)
    {
        switch (Jws.Verify(compact, DocumentType.Approval, governed.Keys(KeyRole.ApproverDevice), now))
        {
            case JwsVerification.Invalid { Reason: JwsRefusal.UnknownKey } unknown:
                return Refused(Verdict.Refused(RefusalCode.DeviceUnknown, unknown.Detail));
            case JwsVerification.Invalid invalid:
                return Refused(SignatureRefusal.Of(invalid));
            case JwsVerification.Valid valid:
                return Verify(valid, intent, governed, stops, now);
            default:
                return default;
        }
    }

    private static VoteReading Verify(JwsVerification.Valid valid, WithdrawalIntent intent, Governed governed, StopView stops, DateTimeOffset now)
    {
        ApprovalStatement statement;
        try
        {
            statement = CanonicalJson.Deserialize<ApprovalStatement>(valid.Payload);
        }
        catch (JsonException problem)
        {
            return Refused(Verdict.Refused(RefusalCode.BodyMalformed, $"The approval statement is malformed: {problem.Message}"));
        }

        var holder = governed.Holder(valid.Key.KeyId, KeyRole.ApproverDevice)!;
        var approver = governed.Document.Approvers.First(a => a.Id == holder.OwnerId);
        var verdict = Verdict.All(
            () => Require(holder.OwnerId == statement.ApproverId && holder.DeviceId == statement.DeviceId, RefusalCode.DeviceUnknown, "The device that signed is not the one that the statement names."),
            () => TrainingRule.Check(approver, statement.DeviceId, now),
            () => Require(stops.SuspensionOf(approver.Id, statement.DeviceId) is null, RefusalCode.DeviceSuspended, "The device is suspended; its votes count nowhere."),
            () => Require(statement.Version == 1 && statement.Decision != ApprovalDecision.Unknown, RefusalCode.BodyMalformed, "The statement has no known version and decision."),
            () => Require(statement.WithdrawalId == intent.WithdrawalId, RefusalCode.IntentMismatch, "The statement is about another withdrawal."),
            () => Require(statement.Attempt == intent.Attempt, RefusalCode.AttemptMismatch, $"The statement is about attempt {statement.Attempt}, and the withdrawal is in attempt {intent.Attempt}."),
            () => Require(statement.IntentDigest == intent.Digest(), RefusalCode.IntentMismatch, "The statement is about another intent."),
            () => Require(!stops.IsVoteWithdrawn(intent.WithdrawalId, intent.Attempt, approver.Id), RefusalCode.VoteWithdrawn, "The approver took this vote back."),
            () => Require(statement.PolicyVersion == intent.PolicyVersion, RefusalCode.GovernanceSuperseded, "The statement is about another governance version."),
            () => Require(statement.SignedAt <= now + Jws.ClockSkew && now < statement.ExpiresAt, RefusalCode.StatementExpired, "The statement has expired, or is from the future."),
            () => Require(!SelfApprovalRule.IsInitiator(approver, intent, governed), RefusalCode.SelfApproval, "Who initiated a withdrawal cannot approve it."));
        return new VoteReading(verdict, verdict.IsAllowed ? statement : null, verdict.IsAllowed ? approver : null);
    }

    private static Verdict Require(bool holds, RefusalCode code, string detail) => holds ? Verdict.Allowed : Verdict.Refused(code, detail);

    private static VoteReading Refused(Verdict verdict) => new(verdict, null, null);
}
