using System.Globalization;
using System.Text.Json;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Governance.Change;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Journals;

/// <summary>
/// Verifies what a line of the stop journal rests on, before the signer appends it for another role: the people's own signatures
/// under governance in force, at the head that the line goes to. Storage and the other role are not believed. A kind that is not
/// known here is refused.
/// </summary>
public sealed class StopEvidence(
    IWithdrawalStore withdrawals, IFactStore facts, IChainClock clock, string pinnedRoot, TimeProvider time)
{
    private readonly GovernanceArchive _governance = new(facts, pinnedRoot, time);

    /// <summary>Whether the line may follow on <paramref name="view"/>.</summary>
    public async Task<Verdict> CheckAsync(StopFact fact, StopView view, CancellationToken cancellation)
    {
        if ((await _governance.ReadAsync(view, chainTime: null, cancellation).ConfigureAwait(false)).Reading is not GovernanceReading.Verified { Governed: var governed })
        {
            return Verdict.Refused(RefusalCode.GovernanceInvalid, "Governance in force does not verify; nothing is loosened under it.");
        }

        // A delay counts from these lines: none is dated by a clock that is behind.
        if (fact.Kind is StopKind.GovernanceProposed or StopKind.EntryActivated && await UndatedAsync(governed, cancellation).ConfigureAwait(false) is { } behind)
        {
            return behind;
        }

        return fact.Kind switch
        {
            StopKind.Thawed => Thaw(fact, view, governed),
            StopKind.DeviceReinstated => Reinstated(fact, view, governed),
            StopKind.EntryActivated => Activated(fact, view, governed),
            StopKind.EntryReinstated => EntryReinstated(fact, view, governed),
            StopKind.QuorumReached => await QuorumAsync(fact, view, governed, cancellation).ConfigureAwait(false),
            StopKind.GovernanceProposed => Proposed(fact, view, await SuccessorAsync(fact, view, cancellation).ConfigureAwait(false)),
            StopKind.GovernanceInForce => await InForceAsync(fact, view, await SuccessorAsync(fact, view, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false),
            StopKind.SanctionsListInForce => await SanctionsAsync(fact, view, governed, cancellation).ConfigureAwait(false),
            StopKind.ScreenedClear => await ScreenedAsync(fact, governed, cancellation).ConfigureAwait(false),
            StopKind.PaymentMatched => await MatchedAsync(fact, view, governed, cancellation).ConfigureAwait(false),
            StopKind.DrillIssued => await DrillAsync(fact, view, governed, cancellation).ConfigureAwait(false),
            StopKind.DrillAnswered => Answered(fact, view, governed),
            _ => Unproven($"A line of kind {fact.Kind} is not appended for another role."),
        };
    }

    private async Task<Verdict?> UndatedAsync(Governed governed, CancellationToken cancellation)
    {
        foreach (var chain in governed.Document.Chains)
        {
            var now = new Clocks(time.GetUtcNow(), await clock.NewestFinalAsync(chain.Id, governed, cancellation).ConfigureAwait(false));
            if (HostClockRule.Check(now) is { IsAllowed: false } undated)
            {
                return Proven(undated);
            }
        }

        return null;
    }

    private Verdict Thaw(StopFact fact, StopView view, Governed governed)
    {
        var now = time.GetUtcNow();
        var halves = Evidence(fact).Where(h => ThawRule.Verify(h, view, governed, now).Statement?.Scope == fact.Subject);
        return Proven(ThawRule.Together(halves, view, governed, now));
    }

    private Verdict Reinstated(StopFact fact, StopView view, Governed governed)
    {
        var now = time.GetUtcNow();
        var halves = Evidence(fact).Where(h => Core.Operators.ReinstatementRule.Verify(h, view, governed, now).Statement is { } half
            && DeviceSubject.Of(half.ApproverId, half.DeviceId) == fact.Subject);
        return Proven(Core.Operators.ReinstatementRule.Together(halves, view, governed, now));
    }

    private Verdict Activated(StopFact fact, StopView view, Governed governed)
    {
        var line = new StopEntry(1, 0, "", time.GetUtcNow(), fact.Kind, fact.Subject, fact.Attempt, fact.Digest, fact.Reason, Evidence(fact), fact.Code);
        return WhitelistEvidence.Read(line) is { } activated
            ? Proven(ActivationRule.Check(activated.Signed, activated.Entry, governed, view, time.GetUtcNow()).Verdict)
            : Unproven("The line does not carry the entry that it names.");
    }

    // The entry is the journal's own, not one that anybody hands in.
    private Verdict EntryReinstated(StopFact fact, StopView view, Governed governed)
    {
        if (view.StandingOf(fact.Subject) is not { End: null, Suspension: { } suspension, Activation.Entry: var entry } || entry.Digest() != fact.Digest)
        {
            return Unproven("There is no such entry that is suspended.");
        }

        var extra = LookAlikeRule.Extra(entry, view, governed);
        return Core.Whitelisting.ReinstatementRule.Count(Evidence(fact), entry, suspension.Sequence, governed, view.Moment.SuspendedDevices, extra, time.GetUtcNow()).HasQuorum
            ? Verdict.Allowed
            : Unproven("The approvers' quorum did not sign the end of this suspension.");
    }

    private async Task<Verdict> QuorumAsync(StopFact fact, StopView view, Governed governed, CancellationToken cancellation)
    {
        if (await withdrawals.LoadAsync(fact.Subject, cancellation).ConfigureAwait(false) is not { } file || file.State.Id != fact.Subject
            || Intent(file, file.State.Attempt) is not { } intent || intent.WithdrawalId != fact.Subject || intent.Attempt != fact.Attempt || intent.Digest() != fact.Digest)
        {
            return Unproven("The withdrawal has no such intent.");
        }

        var (known, terms) = IntentTerms.Of(intent, governed);
        if (!known.IsAllowed)
        {
            return Proven(known);
        }

        var votes = Compacts(file, CaseDocuments.Votes(intent.Attempt)).ToList();
        var now = new Clocks(time.GetUtcNow(), await clock.NewestFinalAsync(intent.Asset.Chain, governed, cancellation).ConfigureAwait(false));
        if (HostClockRule.Check(now) is { IsAllowed: false } undated)
        {
            return Proven(undated);
        }

        return ApprovalDeadline.Of(intent, terms) is { } deadline && now.Later >= deadline ? Unproven("The approvers' deadline is past.")
            : ApprovalCount.Under(terms, votes, intent, view, now).Outcome == ApprovalOutcome.Approved
            ? Proven(VideoRule.Under(terms, Compacts(file, CaseDocuments.Videos(intent.Attempt)), votes, intent, view, now))
            : Unproven("The stored votes make no quorum.");
    }

    private async Task<Governed?> SuccessorAsync(StopFact fact, StopView view, CancellationToken cancellation) =>
        fact.Digest is { } digest
        && (await _governance.ReadAsync(view.GovernanceVersion + 1, digest, cancellation).ConfigureAwait(false)).Reading is GovernanceReading.Verified { Governed: var next }
        && next.Digest == digest && next.Previous?.Digest == view.GovernanceDigest
        && fact.Subject == next.Document.Version.ToString(CultureInfo.InvariantCulture)
            ? next
            : null;

    private static Verdict Proposed(StopFact fact, StopView view, Governed? next) =>
        next is null ? Unproven("No version with this digest is signed by the quorum of the one in force.")
        : view.GovernanceProposedAt(fact.Digest!) is not null ? Unproven("It was proposed before: its delay does not begin again.")
        : Verdict.Allowed;

    private async Task<Verdict> InForceAsync(StopFact fact, StopView view, Governed? next, CancellationToken cancellation)
    {
        if (next?.Changes is not { } changes)
        {
            return Unproven("No version with this digest is signed by the quorum of the one in force.");
        }

        var now = time.GetUtcNow();
        var chainTime = changes.Direction == ChangeDirection.Tightens ? now : await clock.SlowestAsync(next.Previous!, cancellation).ConfigureAwait(false);
        return chainTime is null
            ? Unproven("No chain says that the delay is past.")
            : Proven(GovernanceInForce.MayTakeEffect(next, view, now, chainTime));
    }

    private async Task<Verdict> SanctionsAsync(StopFact fact, StopView view, Governed governed, CancellationToken cancellation)
    {
        if (await ListAsync(fact.Digest, cancellation).ConfigureAwait(false) is not var (stored, list) || list.Source != fact.Subject)
        {
            return Unproven("There is no such list.");
        }

        var now = time.GetUtcNow();
        var halves = Evidence(fact).Select(s => new SignedDocument(stored.Payload, [s]).ToCompact()).ToList();
        if (!halves.Exists(h => SanctionsImportRule.Verify(h, governed, now).Verdict.IsAllowed))
        {
            return Unproven("No operator signed the list just now.");
        }

        var line = view.SanctionsListOf(list.Source);
        var current = (await ListAsync(line?.Digest, cancellation).ConfigureAwait(false))?.List;
        return SanctionsImportRule.LosesAddresses(list, current, isFirst: line is null) && SanctionsImportRule.People(halves, list.Digest(), governed, now) < 2
            ? Unproven("The list loses addresses, and two people must sign it.")
            : Proven(SanctionsImportRule.NotOlder(list, current));
    }

    private async Task<(SignedDocument Stored, SanctionsList List)?> ListAsync(string? digest, CancellationToken cancellation)
    {
        if (digest is null || await facts.ReadAsync(FactKind.SanctionsList, digest, cancellation).ConfigureAwait(false) is not { } stored)
        {
            return null;
        }

        var payload = stored.PayloadBytes();
        return SanctionsList.DigestOf(payload) == digest && SanctionsListRule.Read(payload) is { } list ? (stored, list) : null;
    }

    // The provider signs nothing, so its answer is the word of whoever asked it. What the gate verifies itself are the lists.
    private async Task<Verdict> ScreenedAsync(StopFact fact, Governed governed, CancellationToken cancellation) =>
        governed.Document.Screening is not null
        && await withdrawals.LoadAsync(fact.Subject, cancellation).ConfigureAwait(false) is { } file && file.State.Id == fact.Subject && file.State.Attempt == fact.Attempt
            ? Verdict.Allowed
            : Unproven("There is no such attempt that is screened.");

    // Which transaction paid it is on the chain for the two operators to see. One matched wrongly would hide whom it paid.
    private async Task<Verdict> MatchedAsync(StopFact fact, StopView view, Governed governed, CancellationToken cancellation) =>
        fact.Digest is { } transaction && view.PaymentOf(fact.Subject) is null && view.MatchedWith(transaction) is null
        && await withdrawals.LoadAsync(fact.Subject, cancellation).ConfigureAwait(false) is { } file && file.State.Id == fact.Subject
        && Core.Operators.ResolutionRule.Together(Evidence(fact), file.State, governed, time.GetUtcNow()) != ResolutionAction.Unknown
            ? Verdict.Allowed
            : Unproven("No two operators resolved this withdrawal.");

    private async Task<Verdict> DrillAsync(StopFact fact, StopView view, Governed governed, CancellationToken cancellation) =>
        Evidence(fact) is [var compact] && DrillRule.Verify(compact, governed, time.GetUtcNow()).Statement is { } drill
        && drill.DrillId() == fact.Subject && view.DrillOf(fact.Subject) is null
        && await withdrawals.LoadAsync(drill.WithdrawalId, cancellation).ConfigureAwait(false) is { } basis && Intent(basis, 1) is { } intent
        && DrillRule.Plant(intent, drill).Digest() == fact.Digest
            ? Verdict.Allowed
            : Unproven("No operator ordered this drill.");

    private Verdict Answered(StopFact fact, StopView view, Governed governed) =>
        Evidence(fact) is [var vote] && view.Drills.Values.FirstOrDefault(d => fact.Subject.StartsWith($"{d.Subject}/", StringComparison.Ordinal)) is { } drill
        && DrillRule.Read(vote, drill, governed, time.GetUtcNow()).Statement is { } answer && VoteSubject.Of(drill.Subject, answer.ApproverId) == fact.Subject && fact.Digest == drill.Digest
            ? Verdict.Allowed
            : Unproven("No approver answered this drill so.");

    private static WithdrawalIntent? Intent(WithdrawalCase file, int attempt)
    {
        try
        {
            return file.Find(CaseDocuments.Intent(attempt)) is { } document ? CanonicalJson.Deserialize<WithdrawalIntent>(document.Content.Span) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Compacts(WithdrawalCase file, string prefix) =>
        file.WithPrefix(prefix).Select(d => System.Text.Encoding.ASCII.GetString(d.Content.Span));

    private static IReadOnlyList<string> Evidence(StopFact fact) => fact.Evidence ?? [];

    private static Verdict Proven(Verdict verdict) => verdict.IsAllowed ? verdict : Unproven($"{verdict.Code.Text()}: {verdict.Detail}");

    private static Verdict Unproven(string detail) => Verdict.Refused(RefusalCode.FactUnproven, detail);
}
