using Custody.Core.Admission;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Screening;

/// <summary>
/// screen, as part of admission: reads what the rule rests on, asks the provider and journals its answer before anything rests
/// on it, and keeps what was found. No answer is asked for again and then held; a hit is held at once.
/// </summary>
public sealed class ScreeningDesk(IFactStore facts, IStopJournal stops, HttpScreener provider, CaseEditor editor, Holder holder, AlertDesk alerts, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>What the rule rests on for a withdrawal.</summary>
    public async Task<ScreeningFacts> FactsAsync(WithdrawalCase file, Governed governed, StopView view, CancellationToken cancellation) => new(
        file.State.Attempt,
        await SanctionsLists.ReadAsync(facts, governed, view, cancellation),
        [.. file.Compacts(CaseDocuments.ScreeningReleases(file.State.Attempt))]);

    /// <summary>Asks the provider and journals its answer. A refusal when there is none.</summary>
    public async Task<Verdict> AskAsync(WithdrawalCase file, ScreeningSubject subject, ScreeningTerms terms, CancellationToken cancellation)
    {
        var state = file.State;
        switch (await provider.AskAsync(subject, TimeSpan.FromSeconds(terms.ProviderTimeoutSeconds), cancellation))
        {
            case ScreeningResult.Clear:
                await stops.AppendAsync(
                    head => head.View.IsScreenedClear(state.Id, state.Attempt, subject.Digest())
                        ? null
                        : new StopFact(StopKind.ScreenedClear, state.Id, "The screening provider did not find the destination.", state.Attempt, subject.Digest()),
                    cancellation);
                await KeepAsync(file, new ScreeningRecord(1, state.Attempt, "provider", subject, "clear", [], []), cancellation);
                return Verdict.Allowed;
            case ScreeningResult.Hit hit:
                var digest = ScreeningHit.Together(hit.Hits.Select(h => h.DigestOn(subject)));
                await stops.AppendAsync(
                    head => head.View.ScreeningHits(state.Id, state.Attempt).Contains(digest)
                        ? null
                        : new StopFact(StopKind.ScreenedHit, state.Id, "The screening provider found the destination.", state.Attempt, digest),
                    cancellation);
                await KeepAsync(file, new ScreeningRecord(1, state.Attempt, "provider", subject, "hit", [], hit.Hits, digest), cancellation);
                return Verdict.Allowed;
            case ScreeningResult.Unavailable unavailable:
                return Verdict.Refused(unavailable.Code, unavailable.Detail);
            default:
                return Verdict.Refused(RefusalCode.ScreeningUnavailable, "The screening provider gave an answer that is not known.");
        }
    }

    /// <summary>What screening let pass, for the file.</summary>
    public static ScreeningRecord RecordOf(AdmissionReading reading, WithdrawalCase file, ScreeningFacts rested) => new(
        1, file.State.Attempt, "lists", reading.Screening!.Subject, reading.Screening.HitDigest is null ? "clear" : reading.Verdict.IsAllowed ? "released" : "hit",
        [.. rested.Lists.Keys.Order(StringComparer.Ordinal)], reading.Screening.Hits, reading.Screening.HitDigest);

    /// <summary>The record as a document of the file.</summary>
    public static CaseDocument Document(ScreeningRecord record)
    {
        var bytes = CanonicalJson.Serialize(record);
        return new CaseDocument(CaseDocuments.Screening(record.Attempt, DomainDigest.Hex("custody/screening-record/v1", bytes)), bytes);
    }

    /// <summary>Stops a withdrawal that screening refused: held at once where waiting cannot help, else asked again, and held by the orchestration when that lasts.</summary>
    public async Task<StageResult> StopAsync(WithdrawalCase file, AdmissionReading reading, ScreeningFacts rested, CancellationToken cancellation)
    {
        var verdict = reading.Verdict;
        if (verdict.Code == RefusalCode.ScreeningHit)
        {
            await KeepAsync(file, RecordOf(reading, file, rested), cancellation);
        }

        return verdict.Code is RefusalCode.ScreeningHit or RefusalCode.SanctionsListTampered or RefusalCode.ScreeningTermsMissing
            ? await holder.HoldAsync(file.State.Id, "screen", verdict.Code, verdict.Detail, cancellation)
            : await WaitAsync(file, verdict, cancellation);
    }

    /// <summary>Asks for the stage again soon, and tells people why.</summary>
    public async Task<StageResult> WaitAsync(WithdrawalCase file, Verdict verdict, CancellationToken cancellation)
    {
        await TellAsync(verdict, cancellation);
        return StageResult.Of(file.State) with { Retry = true, Until = time.GetUtcNow() + Pause, Reason = verdict.Code.Text() };
    }

    /// <summary>Raises what a refusal of screening calls for, once a day for all withdrawals.</summary>
    public Task TellAsync(Verdict verdict, CancellationToken cancellation) => alerts.RaiseAsync(
        verdict.Code is RefusalCode.SanctionsListMissing or RefusalCode.SanctionsListStale or RefusalCode.SanctionsListUnsigned
            ? AlertCode.SanctionsListStale
            : AlertCode.ScreeningUnavailable,
        "screening",
        verdict.Detail,
        cancellation,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{verdict.Code.Text()}-{time.GetUtcNow():yyyyMMdd}"));

    private Task KeepAsync(WithdrawalCase read, ScreeningRecord record, CancellationToken cancellation)
    {
        var document = Document(record);
        return editor.EditAsync(
            read,
            file => file.State.Status.IsEnd() || file.Find(document.Name) is not null
                ? null
                : new CaseChange(
                    file.State,
                    [new AuditEvent("screen", record.Outcome, record.By, record.Outcome == "clear" ? null : RefusalCode.ScreeningHit.Text(), record.Subject.Address, record.HitDigest)],
                    [document]),
            cancellation);
    }
}
