using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>
/// Rule: an approver takes their vote on exactly this intent and attempt back, with a device that nothing suspended. Whether the vote
/// is stored is not asked: who deletes a row must not be able to keep its approver from taking it back.
/// </summary>
public static class ApprovalWithdrawalRule
{
    /// <summary>Verifies a withdrawal; the statement only when the verdict allows.</summary>
    public static (Verdict Verdict, ApprovalWithdrawal? Statement) Verify(
        string compact, WithdrawalIntent intent, Governed governed, StopView stops, DateTimeOffset now)
    {
        switch (Jws.Verify(compact, DocumentType.ApprovalWithdrawal, governed.Keys(KeyRole.ApproverDevice), now))
        {
            case JwsVerification.Invalid { Reason: JwsRefusal.UnknownKey } unknown:
                return (Verdict.Refused(RefusalCode.DeviceUnknown, unknown.Detail), null);
            case JwsVerification.Invalid invalid:
                return (SignatureRefusal.Of(invalid), null);
            case JwsVerification.Valid valid:
                return Verify(valid, intent, governed, stops, now);
            default:
                return default;
        }
    }

    private static (Verdict, ApprovalWithdrawal?) Verify(
        JwsVerification.Valid valid, WithdrawalIntent intent, Governed governed, StopView stops, DateTimeOffset now)
    {
        ApprovalWithdrawal statement;
        try
        {
            statement = CanonicalJson.Deserialize<ApprovalWithdrawal>(valid.Payload);
        }
        catch (JsonException problem)
        {
            return (Verdict.Refused(RefusalCode.BodyMalformed, $"The statement is malformed: {problem.Message}"), null);
        }

        var holder = governed.Holder(valid.Key.KeyId, KeyRole.ApproverDevice)!;
        var verdict = Verdict.All(
            () => Require(holder.OwnerId == statement.ApproverId && holder.DeviceId == statement.DeviceId, RefusalCode.DeviceUnknown, "The device that signed is not the one that the statement names."),
            () => Require(stops.SuspensionOf(statement.ApproverId, statement.DeviceId) is null, RefusalCode.DeviceSuspended, "The device is suspended."),
            () => Require(statement.Version == 1, RefusalCode.BodyMalformed, "The statement has an unknown version."),
            () => Require(statement.Attempt == intent.Attempt, RefusalCode.AttemptMismatch, $"The statement is about attempt {statement.Attempt}, and the withdrawal is in attempt {intent.Attempt}."),
            () => Require(statement.WithdrawalId == intent.WithdrawalId && statement.IntentDigest == intent.Digest(), RefusalCode.IntentMismatch, "The statement is about another withdrawal or intent."),
            () => Require(statement.SignedAt <= now + Jws.ClockSkew && now < statement.ExpiresAt, RefusalCode.StatementExpired, "The statement has expired, or is from the future."));
        return (verdict, verdict.IsAllowed ? statement : null);
    }

    private static Verdict Require(bool holds, RefusalCode code, string detail) => holds ? Verdict.Allowed : Verdict.Refused(code, detail);
}
