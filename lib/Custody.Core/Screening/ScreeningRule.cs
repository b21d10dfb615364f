using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Screening;

/// <summary>
/// Rule: every governed list was asked and is neither missing nor stale, the provider answered where it must, and nothing was
/// found that two operators did not release. The provider's answers count from the stop journal alone, where nobody can take a
/// hit out again or write a clear one in.
/// </summary>
public static class ScreeningRule
{
    /// <summary>Screens a withdrawal's destination.</summary>
    public static ScreeningReading Check(
        ScreeningFacts? facts, ScreeningSubject subject, string withdrawalId, Governed governed, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        if (governed.Document.Screening is not { } terms)
        {
            return Refused(subject, [], RefusalCode.ScreeningTermsMissing, "Governance has no screening terms, so nothing may be paid.");
        }

        if (facts is null)
        {
            return Refused(subject, [], RefusalCode.ScreeningUnavailable, "The destination was not screened.");
        }

        var inForce = facts.InForce ?? governed;
        var (listed, hits) = Lists(terms, facts.Lists, subject, inForce, stops, now, chainTime);
        if (!listed.IsAllowed)
        {
            return new ScreeningReading(listed, subject, []);
        }

        var provided = stops.ScreeningHits(withdrawalId, facts.Attempt);
        if (terms.AsksProvider(subject.ClientId) && provided.Count == 0 && !stops.IsScreenedClear(withdrawalId, facts.Attempt, subject.Digest()))
        {
            return Refused(subject, hits, RefusalCode.ScreeningUnavailable, "The screening provider has not answered for this destination.") with { AwaitsProvider = true };
        }

        var found = hits.Select(h => h.DigestOn(subject)).Concat(provided).ToList();
        if (found.Count == 0)
        {
            return new ScreeningReading(Verdict.Allowed, subject, []);
        }

        var digest = ScreeningHit.Together(found);
        var released = ScreeningReleaseRule.Together(facts.Releases, withdrawalId, facts.Attempt, digest, inForce, new Clocks(now, chainTime));
        var verdict = released.IsAllowed ? released : Verdict.Refused(RefusalCode.ScreeningHit, Sentence(hits, provided.Count));
        return new ScreeningReading(verdict, subject, hits, digest);
    }

    /// <summary>Asks the lists that governance wants, whoever is screened; a refusal when one of them cannot be asked.</summary>
    public static (Verdict Verdict, IReadOnlyList<ScreeningHit> Hits) Lists(
        ScreeningTerms terms, IReadOnlyDictionary<string, SignedDocument> lists, ScreeningSubject subject, Governed governed, StopView stops, DateTimeOffset now, DateTimeOffset? chainTime)
    {
        if (SanctionedAddress.Canonical(subject.Address) is null)
        {
            return (Verdict.Refused(RefusalCode.ScreeningUnavailable, "The address cannot be looked for: it is no address."), []);
        }

        var hits = new List<ScreeningHit>();
        foreach (var wanted in terms.Lists)
        {
            var reading = SanctionsListRule.Verify(wanted, lists, governed, stops, now, chainTime);
            if (reading.List is not { } list)
            {
                return (reading.Verdict, []);
            }

            hits.AddRange(list.HitsOn(subject));
        }

        return terms.Lists.Count > 0 ? (Verdict.Allowed, hits) : (Verdict.Refused(RefusalCode.SanctionsListMissing, "Governance names no sanctions list."), []);
    }

    private static string Sentence(IReadOnlyList<ScreeningHit> hits, int provided) => string.Join(
        ' ', hits.Select(h => $"{h.List} {h.Entry}: {h.Reason}").Concat(provided > 0 ? ["The screening provider has it."] : Array.Empty<string>()));

    private static ScreeningReading Refused(ScreeningSubject subject, IReadOnlyList<ScreeningHit> hits, RefusalCode code, string detail) =>
        new(Verdict.Refused(code, detail), subject, hits);
}
