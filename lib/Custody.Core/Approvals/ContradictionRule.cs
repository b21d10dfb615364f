using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals;

/// <summary>
/// Rule: an approval contradicts the intent only when a registered device's key signed, about this very withdrawal, a digest that no
/// attempt of it ever had. A vote for another withdrawal or an earlier attempt was true when it was signed, and whoever
/// captured it must not be able to suspend the device by posting it again; nor can a statement from before the first intent.
/// A rejection of what never was asserts nothing: who was shown a changed intent is right to reject it.
/// </summary>
public static class ContradictionRule
{
    /// <summary>The contradiction in a refused vote; null when there is none. <paramref name="attempts"/> are all intents that the withdrawal has had.</summary>
    public static Contradiction? Find(string compact, IReadOnlyList<WithdrawalIntent> attempts, Governed governed, DateTimeOffset now)
    {
        if (attempts.Count == 0 || Jws.Verify(compact, DocumentType.Approval, governed.Keys(KeyRole.ApproverDevice), now) is not JwsVerification.Valid valid
            || Read(valid.Payload) is not { Version: 1, Decision: ApprovalDecision.Approve } statement)
        {
            return null;
        }

        var holder = governed.Holder(valid.Key.KeyId, KeyRole.ApproverDevice)!;
        return holder.OwnerId == statement.ApproverId && holder.DeviceId == statement.DeviceId
            && statement.WithdrawalId == attempts[0].WithdrawalId
            && statement.Attempt >= 1 && statement.Attempt <= attempts.Count
            && statement.SignedAt >= attempts[0].CreatedAt - Jws.ClockSkew
            && attempts.All(a => a.Digest() != statement.IntentDigest)
                ? new Contradiction(
                    governed.Document.Approvers.First(a => a.Id == holder.OwnerId), statement.DeviceId, statement,
                    DomainDigest.Hex(Contradiction.Domain, valid.Payload))
                : null;
    }

    private static ApprovalStatement? Read(byte[] payload)
    {
        try
        {
            return CanonicalJson.Deserialize<ApprovalStatement>(payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
