using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: the quorum was reached before the approvers' deadline, by the stop journal's record of it. A vote does not say when it was
/// stored, and a row can be edited; that line cannot be dated back.
/// </summary>
public static class DeadlineRule
{
    /// <summary>Checks the record against the deadline of each version that counts. What a rule alone approved has none.</summary>
    public static Verdict Check(GateFacts facts, WithdrawalIntent intent, IReadOnlyList<GovernedRule> terms)
    {
        if (ApprovalDeadline.Of(intent, terms) is not { } deadline)
        {
            return Verdict.Allowed;
        }

        var own = ApprovalDeadline.Of(intent, terms[0].Rule);
        if (facts.Stops.QuorumReachedAt(intent.WithdrawalId, intent.Attempt, intent.Digest()) is not { } reached)
        {
            // Where the version that the intent names asks for nobody's approval, no line was due: governance asks for it since.
            return own is null ? IntentTerms.Tightened(facts.Governed, "asks for approvals.")
                : Verdict.Refused(RefusalCode.QuorumMissing, "The stop journal never recorded a quorum over this intent.");
        }

        return reached <= deadline ? Verdict.Allowed
            : own is null || reached <= own ? IntentTerms.Tightened(facts.Governed, "gives the approvers less time than they took.")
            : Verdict.Refused(
                RefusalCode.ApprovalDeadlinePassed, $"The quorum was recorded at {InstantJsonConverter.Format(reached)}, and the deadline was {InstantJsonConverter.Format(deadline)}.");
    }
}
