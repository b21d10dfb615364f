using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Storage;
using Custody.Functions.Governance;

namespace Custody.Functions.Screening;

/// <summary>Screens an address as governance in force says: every governed list, then the provider where it must answer.</summary>
public sealed class GovernedScreener(
    GovernanceSource governance, IFactStore facts, IChainClock chainClock, HttpScreener provider, TimeProvider time) : IScreener
{
    /// <inheritdoc />
    public async Task<ScreeningResult> ScreenAsync(ScreeningSubject subject, CancellationToken cancellation)
    {
        var inForce = await governance.RequireAsync(cancellation);
        if (inForce.Governed.Document.Screening is not { } terms)
        {
            return new ScreeningResult.Unavailable(RefusalCode.ScreeningTermsMissing, "Governance has no screening terms.");
        }

        var lists = await SanctionsLists.ReadAsync(facts, inForce.Governed, inForce.Stops, cancellation);
        var chainTime = await chainClock.NewestFinalAsync(subject.Chain, inForce.Governed, cancellation);
        var (verdict, hits) = ScreeningRule.Lists(terms, lists, subject, inForce.Governed, inForce.Stops, time.GetUtcNow(), chainTime);
        if (!verdict.IsAllowed)
        {
            return new ScreeningResult.Unavailable(verdict.Code, verdict.Detail);
        }

        // What a list has needs no provider to confirm it.
        return hits.Count > 0 ? new ScreeningResult.Hit(hits)
            : terms.AsksProvider(subject.ClientId) ? await provider.AskAsync(subject, TimeSpan.FromSeconds(terms.ProviderTimeoutSeconds), cancellation)
            : new ScreeningResult.Clear();
    }
}
