using Custody.Core.Alerts;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Prices;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Screening;

/// <summary>Looks at the age of the sanctions lists before a payment does, and over customers' withdrawals for what is suspicious.</summary>
public sealed class ScreeningWatch(GovernanceSource governance, IFactStore facts, IWithdrawalStore store, IPriceStore prices, AlertDesk alerts, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce { Governed.Document.Screening: { } terms } inForce)
        {
            await LookAtListsAsync(terms, inForce, cancellation);
            await LookAtPatternsAsync(terms, inForce.Governed, cancellation);
        }
    }

    private async Task LookAtListsAsync(ScreeningTerms terms, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var lists = await SanctionsLists.ReadAsync(facts, inForce.Governed, inForce.Stops, cancellation);
        foreach (var wanted in terms.Lists)
        {
            var verdict = SanctionsListRule.Verify(wanted, lists, inForce.Governed, inForce.Stops, time.GetUtcNow(), null).Verdict;
            if (!verdict.IsAllowed)
            {
                var line = inForce.Stops.SanctionsListOf(wanted.Source)?.Sequence ?? 0;
                var code = verdict.Code == Core.Results.RefusalCode.SanctionsListTampered ? AlertCode.TamperedDocument : AlertCode.SanctionsListStale;
                await alerts.RaiseAsync(code, wanted.Source, verdict.Detail, cancellation, $"{line}");
            }
        }
    }

    private async Task LookAtPatternsAsync(ScreeningTerms terms, Governed governed, CancellationToken cancellation)
    {
        List<TimeSpan> reaches = [.. terms.Patterns.Select(PatternRule.Reach), .. terms.Value is { } limit ? [PatternRule.Reach(limit)] : Array.Empty<TimeSpan>()];
        if (reaches.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var withdrawals = await SinceAsync(now - reaches.Max(), cancellation);
        if (terms.Value is { } value && governed.Document.Prices is { } money)
        {
            await LookAtValuesAsync(value, money, withdrawals, governed, now, cancellation);
        }

        foreach (var pattern in terms.Patterns)
        {
            foreach (var customer in withdrawals.Where(w => w.Asset == pattern.Asset).GroupBy(w => (w.ClientId, w.CustomerId)))
            {
                foreach (var suspicion in PatternRule.Evaluate(pattern, customer.Select(Payment), now))
                {
                    await ReportAsync(SuspicionReport.Of(suspicion, customer.Key.ClientId, customer.Key.CustomerId, pattern, Seconds(now)), cancellation);
                }
            }
        }
    }

    // What nothing says the worth of is worth nothing here, and somebody is told that it is not watched.
    private async Task LookAtValuesAsync(
        ValuePatternTerms terms, PriceTerms money, List<WithdrawalState> withdrawals, Governed governed, DateTimeOffset now, CancellationToken cancellation)
    {
        var worth = new Dictionary<AssetId, (PriceEntry Price, int Decimals)>();
        foreach (var asset in withdrawals.Select(w => w.Asset).Distinct())
        {
            if (governed.EveryAsset.FirstOrDefault(a => a.Id == asset) is { } registered
                && PriceRule.Newest(await prices.NewestAsync(asset, cancellation), asset, governed, now) is { } price)
            {
                worth[asset] = (price, registered.Decimals);
            }
            else
            {
                await alerts.RaiseAsync(AlertCode.PriceUnusable, asset.ToString(), "No price says what is withdrawn, and the pattern of its value is not watched.", cancellation, $"pattern {now.UtcDateTime:yyyyMMdd}");
            }
        }

        foreach (var customer in withdrawals.GroupBy(w => (w.ClientId, w.CustomerId)))
        {
            var payments = customer.Select(w => Payment(w) with
            {
                Asset = w.Asset,
                Value = worth.TryGetValue(w.Asset, out var of) ? of.Price.Of(w.Amount, of.Decimals, money.Decimals) : null,
            });
            foreach (var suspicion in PatternRule.Evaluate(terms, payments, now))
            {
                await ReportAsync(SuspicionReport.Of(suspicion, customer.Key.ClientId, customer.Key.CustomerId, terms, money.Currency, Seconds(now)), cancellation);
            }
        }
    }

    // The draft first, then the alert: one that nobody was told of is told of again, and the alert is one however often.
    private async Task ReportAsync(SuspicionReport report, CancellationToken cancellation)
    {
        await facts.WriteAsync(FactKind.SuspicionReport, report.Id, SignedDocument.Of(CanonicalJson.Serialize(report), []), cancellation);
        await alerts.RaiseAsync(
            AlertCode.SuspiciousPattern,
            report.Id,
            $"{report.Pattern} by the customer '{report.CustomerId}' of '{report.ClientId}': {report.Payments.Count} withdrawals, {(report.Asset is { } asset ? $"{report.Sum} base units of {asset}" : $"worth {report.Sum} of the smallest unit of {report.Currency}")}.",
            cancellation);
    }

    private async Task<List<WithdrawalState>> SinceAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var found = new List<WithdrawalState>();
        string? continuation = null;
        do
        {
            var page = await store.ListAsync(null, null, PageSize, continuation, cancellation);
            found.AddRange(page.Items.Where(w => w.CreatedAt > since));
            continuation = page.Items.Any(w => w.CreatedAt <= since) ? null : page.Continuation;
        }
        while (continuation is not null);
        return found;
    }

    private static PatternPayment Payment(WithdrawalState state) =>
        new(state.Id, Seconds(state.CreatedAt), state.Amount, state.Destination, StatusText.Of(state.Status));

    // Documents hold whole seconds.
    private static DateTimeOffset Seconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
