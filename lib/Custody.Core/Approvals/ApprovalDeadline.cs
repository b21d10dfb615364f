using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;

namespace Custody.Core.Approvals;

/// <summary>
/// Until when an intent's quorum must have been reached: the time that its rule gives from when the intent was made, and never
/// longer than the request lives. It follows from what is signed; what a row says of it is only shown.
/// </summary>
public static class ApprovalDeadline
{
    /// <summary>The earliest under an intent's terms (<see cref="IntentTerms"/>); null where no version asks for anybody's approval.</summary>
    public static DateTimeOffset? Of(WithdrawalIntent intent, IReadOnlyList<GovernedRule> terms) =>
        terms.Select(t => Of(intent, t.Rule)).Min();

    /// <summary>The deadline under one rule; null where the rule alone approves.</summary>
    public static DateTimeOffset? Of(WithdrawalIntent intent, PolicyRule rule)
    {
        if (rule.Approvals.IsAutomatic())
        {
            return null;
        }

        var ends = intent.CreatedAt + TimeSpan.FromSeconds(rule.ApprovalSeconds);
        return ends < intent.ExpiresAt ? ends : intent.ExpiresAt;
    }
}
