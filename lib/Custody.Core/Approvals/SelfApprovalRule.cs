using Custody.Core.Governance;
using Custody.Core.Intents;

namespace Custody.Core.Approvals;

/// <summary>Rule: who initiated a withdrawal does not approve it. An initiator whom governance does not know counts as everybody.</summary>
public static class SelfApprovalRule
{
    /// <summary>True when the approver is the person or client whose key signed the request, or holds another key of that client.</summary>
    public static bool IsInitiator(Approver approver, WithdrawalIntent intent, Governed governed)
    {
        var initiator = governed.Holder(intent.InitiatorKeyId);
        return initiator is null || initiator.Person == approver.Person || initiator.OwnerId == approver.Id || initiator.Key.KeyId == approver.Id
            || (initiator.Role == KeyRole.Client && governed.Document.Clients.Any(c => c.Id == initiator.OwnerId && c.Is(approver.Person)));
    }
}
