using Custody.Core.Alerts;
using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Approvals;

/// <summary>
/// Hears refused votes. One that contradicts an intent suspends its device: the stop journal first, then people are told; two
/// devices freeze the vaults that they were about. Whatever else a registered device signed is only told.
/// </summary>
public sealed class ContradictionDesk(
    IWithdrawalStore store, IStopJournal stops, ISigningJournal signings, Freezer freezer, AlertDesk alerts, RefusedStatements refused, IAuditTrail trail, TimeProvider time)
{
    /// <summary>The audit subject of a device.</summary>
    public static string Subject(string device) => $"device-{device.Replace('/', '-')}";

    /// <summary>Hears a vote about this withdrawal that was refused for <paramref name="why"/>.</summary>
    public async Task HearAsync(WithdrawalCase file, string compact, Verdict why, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var id = file.State.Id;
        if (!await MayBeAmendedAsync(file, compact, inForce.Governed, cancellation) && file.Intents() is { } attempts && ContradictionRule.Find(compact, attempts, inForce.Governed, time.GetUtcNow()) is { } found)
        {
            await alerts.RaiseAsync(AlertCode.ContradictoryVote, id, why.Detail, cancellation, why.Code.Text());
            var view = await SuspendAsync(id, compact, found, cancellation);
            await FreezeAsync(view, inForce.Governed, cancellation);
        }
        else if (why.Code is RefusalCode.IntentMismatch or RefusalCode.AttemptMismatch or RefusalCode.SelfApproval)
        {
            // True when it was signed, or about something else: whoever captured it could post it, so it stops nothing.
            await alerts.RaiseAsync(AlertCode.ContradictoryVote, id, why.Detail, cancellation, why.Code.Text());
        }
        else
        {
            await refused.HearAsync(SignedVote.SignerOf(compact, inForce.Governed, time.GetUtcNow()), id, why, cancellation);
        }
    }

    // Once something was signed for an attempt its amendments have digests of their own. Their rows can be edited or deleted, and a
    // true vote on one, captured and posted again, must not suspend its device: the journal is asked, and not the file.
    private async Task<bool> MayBeAmendedAsync(WithdrawalCase file, string compact, Governed governed, CancellationToken cancellation)
    {
        var attempt = SignedVote.StatementOf(compact)?.Attempt;
        foreach (var vault in governed.EveryVault)
        {
            if ((await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.State.Id).Any(l => l.Attempt == attempt))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Freezes what the suspensions in force call for. The sweep calls it too: a run that died after suspending froze nothing.</summary>
    public async Task FreezeAsync(StopView view, Governed governed, CancellationToken cancellation)
    {
        var together = SuspensionRule.Together(view, governed, time.GetUtcNow());
        if (together.Count == 0)
        {
            return;
        }

        var reason = $"Two devices contradicted what they were shown; the newest is {together[^1].Subject}, line {together[^1].Sequence}.";
        var scopes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var suspension in together)
        {
            scopes.Add(await ScopeAsync(suspension, governed, cancellation));
        }

        foreach (var scope in scopes)
        {
            await freezer.FreezeOnceAsync(scope, reason, cancellation);
        }
    }

    private async Task<StopView> SuspendAsync(string id, string compact, Contradiction found, CancellationToken cancellation)
    {
        var device = DeviceSubject.Of(found.Approver.Id, found.DeviceId);
        var detail = $"It signed attempt {found.Statement.Attempt} of {id} with a digest that no attempt of it ever had.";
        var added = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                added = !head.View.SuspendedDevices.ContainsKey(device) && !head.View.HasSuspended(found.Digest);
                return added ? new StopFact(StopKind.DeviceSuspended, device, detail, found.Statement.Attempt, found.Digest, [compact]) : null;
            },
            cancellation);
        if (journal.View.SuspendedDevices.GetValueOrDefault(device) is { } suspension)
        {
            // Always: a run that died after the append told nobody. The line's number makes it one alert.
            await alerts.RaiseAsync(AlertCode.DeviceSuspended, device, suspension.Reason, cancellation, $"{suspension.Sequence}");
        }

        if (added)
        {
            await trail.AppendAsync(Subject(device), [new AuditEvent("approve", "suspended", "pipeline", Detail: detail, Digest: found.Digest)], cancellation);
        }

        return journal.View;
    }

    // The evidence was verified before it was written; where the withdrawal or its vault cannot be told, everything stops.
    private async Task<string> ScopeAsync(StopEntry suspension, Governed governed, CancellationToken cancellation)
    {
        return suspension.Evidence is [var posted] && SignedVote.StatementOf(posted) is { } statement
            && WithdrawalId.IsValid(statement.WithdrawalId) && await store.LoadAsync(statement.WithdrawalId, cancellation) is { } file
            && file.Intent(statement.Attempt)?.VaultId is { } vault && governed.Vault(vault) is not null
                ? FreezeScope.Vault(vault)
                : FreezeScope.Platform;
    }
}
