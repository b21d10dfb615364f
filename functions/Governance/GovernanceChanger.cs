using System.Globalization;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Functions.Alerts;

namespace Custody.Functions.Governance;

/// <summary>Records proposals and vetoes of governance versions, and puts them in force: each in the stop journal before anybody is told.</summary>
public sealed class GovernanceChanger(
    GovernanceArchive archive, IFactStore facts, IStopJournal stops, IChainClock chainClock, GovernanceWitness witness, AlertDesk alerts, IAuditTrail trail, TimeProvider time)
{
    /// <summary>The audit trail of governance.</summary>
    public const string Subject = "governance";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Stores a verified successor and records its quorum, from which its delay counts. Doing it again changes nothing.</summary>
    public async Task<StopView> ProposeAsync(Governed next, SignedDocument stored, string actor, CancellationToken cancellation)
    {
        var number = Number(next);
        await facts.WriteAsync(FactKind.Governance, FactId.Governance(next.Document.Version, next.Digest), stored, cancellation);
        var added = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                added = head.View.GovernanceProposedAt(next.Digest) is null && head.View.GovernanceDigest == next.Previous!.Digest;
                return added
                    ? new StopFact(StopKind.GovernanceProposed, number, $"It {Word(next)}.", Digest: next.Digest, Evidence: stored.Signatures)
                    : null;
            },
            cancellation);
        await alerts.RaiseAsync(AlertCode.GovernanceProposed, Subject, $"Version {number} {Word(next)}: {next.Changes!.Changes[0]}", cancellation, next.Digest);
        if (added)
        {
            await trail.AppendAsync(Subject, [new AuditEvent("governance", "proposed", actor, Detail: $"version {number} {Word(next)}", Digest: next.Digest)], cancellation);
        }

        return journal.View;
    }

    /// <summary>Records a verified veto; false when the version came into force first.</summary>
    public async Task<bool> VetoAsync(GovernanceVeto veto, string compact, CancellationToken cancellation)
    {
        var added = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                added = head.View.OpenProposals.Any(p => p.Digest == veto.GovernanceDigest);
                return added
                    ? new StopFact(
                        StopKind.GovernanceVetoed, veto.GovernanceVersion.ToString(CultureInfo.InvariantCulture), veto.Reason, Digest: veto.GovernanceDigest, Evidence: [compact])
                    : null;
            },
            cancellation);
        if (!journal.View.IsVetoed(veto.GovernanceDigest))
        {
            return false;
        }

        await alerts.RaiseAsync(AlertCode.GovernanceVetoed, Subject, $"{veto.GovernorId} vetoed version {veto.GovernanceVersion}: {veto.Reason}", cancellation, veto.GovernanceDigest);
        if (added)
        {
            await trail.AppendAsync(Subject, [new AuditEvent("governance", "vetoed", veto.GovernorId, Detail: veto.Reason, Digest: veto.GovernanceDigest)], cancellation);
        }

        return true;
    }

    /// <summary>Puts the proposal that an instance is about in force, or says when to look again.</summary>
    public async Task<ChangeStep> TakeEffectAsync(string instanceId, CancellationToken cancellation)
    {
        var view = (await stops.ReadAsync(cancellation)).View;
        if (GovernanceInstance.Find(instanceId, view) is not { Digest: { } digest })
        {
            return GovernanceInstance.Of(view.GovernanceVersion, view.GovernanceDigest) == instanceId ? ChangeStep.InForce : ChangeStep.Ended;
        }

        var (reading, stored) = await archive.ReadAsync(view.GovernanceVersion + 1, digest, cancellation);
        if (reading is not GovernanceReading.Verified { Governed: var next })
        {
            var detail = (reading as GovernanceReading.Refused)?.Detail ?? "It cannot be read.";
            await alerts.RaiseAsync(AlertCode.TamperedDocument, Subject, $"The proposed version {view.GovernanceVersion + 1} no longer verifies: {detail}", cancellation, digest);
            return ChangeStep.Waiting(time.GetUtcNow() + TimeSpan.FromMinutes(1));
        }

        var chainTime = next.Changes!.Direction == ChangeDirection.Tightens ? time.GetUtcNow() : await chainClock.SlowestAsync(next.Previous!, cancellation);
        if (chainTime is null || !GovernanceInForce.MayTakeEffect(next, view, time.GetUtcNow(), chainTime).IsAllowed)
        {
            var soonest = time.GetUtcNow() + Pause;
            return ChangeStep.Waiting(GovernanceInForce.TakesEffectAt(next, view) is { } from && from > soonest ? from : soonest);
        }

        return await PutInForceAsync(next, stored!, chainTime.Value, cancellation);
    }

    private async Task<ChangeStep> PutInForceAsync(Governed next, SignedDocument stored, DateTimeOffset chainTime, CancellationToken cancellation)
    {
        var number = Number(next);
        var added = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                // At this very head: a veto or another version may have come since.
                added = head.View.GovernanceDigest == next.Previous!.Digest && GovernanceInForce.MayTakeEffect(next, head.View, time.GetUtcNow(), chainTime).IsAllowed;
                return added ? new StopFact(StopKind.GovernanceInForce, number, $"It {Word(next)}.", Digest: next.Digest, Evidence: stored.Signatures) : null;
            },
            cancellation);
        if (journal.View.GovernanceDigest != next.Digest)
        {
            return ChangeStep.Ended;
        }

        await witness.RememberAsync(next, cancellation);
        await alerts.RaiseAsync(AlertCode.GovernanceChanged, Subject, $"Version {number}, which {Word(next)}, is in force: {next.Changes!.Changes[0]}", cancellation, next.Digest);
        if (added)
        {
            await trail.AppendAsync(Subject, [new AuditEvent("governance", "in-force", "pipeline", Detail: $"version {number}", Digest: next.Digest)], cancellation);
        }

        return ChangeStep.InForce;
    }

    private static string Number(Governed governed) => governed.Document.Version.ToString(CultureInfo.InvariantCulture);

    private static string Word(Governed next) => next.Changes!.Direction == ChangeDirection.Tightens ? "tightens" : "weakens";
}
