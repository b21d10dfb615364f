using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: nobody approved with the key that they use when forced. Where governance carries commitments, each vote's must open to
/// a kind; without the openings nothing is signed. Who looks at the withdrawal from outside sees a cooling-off that goes on.
/// </summary>
public static class DuressRule
{
    /// <summary>Checks the votes that count; the duress device when one voted, which is no refusal that anybody may see.</summary>
    public static (Verdict Verdict, string? Duress) Check(GateFacts facts, WithdrawalIntent intent)
    {
        // Every device carries a commitment or none does (GovernanceConsistency): one without would tell itself apart.
        var devices = facts.Governed.Document.Approvers.SelectMany(a => a.Devices).ToList();
        if (devices.All(d => d.DuressCommitment is null))
        {
            return (Verdict.Allowed, null);
        }

        string? duress = null;
        foreach (var document in facts.Case.WithPrefix(CaseDocuments.Votes(intent.Attempt)))
        {
            var compact = System.Text.Encoding.ASCII.GetString(document.Content.Span);
            if (VoteRule.Verify(compact, intent, facts.Governed, facts.Stops, facts.Now) is not { Statement: { } statement, Approver: { } approver })
            {
                continue;
            }

            var subject = DeviceSubject.Of(approver.Id, statement.DeviceId);
            switch (facts.Openings?.KindOf(subject, Device(approver, statement.DeviceId).DuressCommitment!))
            {
                case DeviceKind.Plain:
                    break;
                case DeviceKind.Duress:
                    duress = subject;
                    break;
                default:
                    return Unopened($"The gate cannot open the commitment of the device '{subject}'.");
            }
        }

        return (Verdict.Allowed, duress);
    }

    private static Device Device(Approver approver, string id) => approver.Devices.First(d => d.Id == id);

    private static (Verdict, string?) Unopened(string detail) => (Verdict.Refused(RefusalCode.CommitmentUnopened, detail), null);
}
