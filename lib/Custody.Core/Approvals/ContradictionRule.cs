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
    public static Contradiction? Find(string posted, IReadOnlyList<WithdrawalIntent> attempts, Governed governed, DateTimeOffset now)
    {
        if (attempts.Count == 0 || SignedVote.Read(posted, governed, now).Vote is not { Statement: { Version: 1, Decision: ApprovalDecision.Approve } statement } vote)
        {
            return null;
        }

        return statement.WithdrawalId == attempts[0].WithdrawalId
            && statement.Attempt >= 1 && statement.Attempt <= attempts.Count
            && statement.SignedAt >= attempts[0].CreatedAt - Jws.ClockSkew
            && attempts.All(a => a.Digest() != statement.IntentDigest)
                ? new Contradiction(vote.Approver, statement.DeviceId, statement, DomainDigest.Hex(Contradiction.Domain, vote.Payload))
                : null;
    }
}
