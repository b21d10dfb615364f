using Custody.Core.Alerts;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Journals;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Approvals;

/// <summary>
/// Shows drills as if they were withdrawals, and records how approvers answered. A drill has no file, no orchestration and no
/// ledger entry: it is a line of the stop journal, and the gate refuses its id.
/// </summary>
public sealed class DrillDesk(IWithdrawalStore store, IStopJournal stops, AlertDesk alerts, TimeProvider time)
{
    /// <summary>The file that a drill pretends to have; null when the id is no drill's, or what it looks like is gone.</summary>
    public async Task<WithdrawalCase?> ShowAsync(string id, StopView view, CancellationToken cancellation)
    {
        if (view.DrillOf(id) is not { } line || DrillRule.StatementOf(line) is not { } drill
            || await store.LoadAsync(drill.WithdrawalId, cancellation) is not { } basis || basis.Intent(1) is not { } first || basis.Find(CaseDocuments.Request) is not { } request)
        {
            return null;
        }

        var planted = DrillRule.Plant(first, drill);
        var state = new WithdrawalState(
            id, basis.State.ClientId, basis.State.CustomerId, basis.State.RequestId, basis.State.RequestDigest, basis.State.Asset, basis.State.Amount,
            basis.State.WhitelistEntryId, time.GetUtcNow() < drill.ExpiresAt ? WithdrawalStatus.AwaitingApproval : WithdrawalStatus.Expired, drill.SignedAt, drill.SignedAt, null)
        {
            IntentDigest = planted.Digest(),
            VaultId = first.VaultId,
            Destination = first.Destination,
            ApprovalDeadline = drill.ExpiresAt,
        };
        return new WithdrawalCase(
            state,
            new[] { request, new CaseDocument(CaseDocuments.Intent(1), CanonicalJson.Serialize(planted)) }.ToDictionary(d => d.Name, StringComparer.Ordinal),
            "drill");
    }

    /// <summary>Records an answer in the stop journal; each approver's first one stands.</summary>
    public async Task RecordAsync(StopEntry drill, string compact, ApprovalStatement answer, CancellationToken cancellation)
    {
        var subject = VoteSubject.Of(drill.Subject, answer.ApproverId);
        var passed = answer.Decision == ApprovalDecision.Reject;
        var journal = await stops.AppendAsync(
            head => head.View.DrillAnswers.ContainsKey(subject)
                ? null
                : new StopFact(
                    StopKind.DrillAnswered, subject,
                    passed ? $"The approver '{answer.ApproverId}' rejected the drill." : $"The approver '{answer.ApproverId}' signed the drill.",
                    Digest: drill.Digest, Evidence: [compact], Code: passed ? DrillPassed : DrillFailed),
            cancellation);
        if (journal.View.DrillAnswers.GetValueOrDefault(subject) is { Code: DrillFailed } failed)
        {
            await alerts.RaiseAsync(AlertCode.DrillFailed, drill.Subject, failed.Reason, cancellation, answer.ApproverId);
        }
    }

    /// <summary>The code of an answer that rejected.</summary>
    public const string DrillPassed = "passed";

    /// <summary>The code of an answer that approved.</summary>
    public const string DrillFailed = "failed";
}
