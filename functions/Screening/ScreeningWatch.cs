using Custody.Core.Alerts;
using Custody.Core.Encoding;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Screening;

/// <summary>Looks at the age of the sanctions lists before a payment does, and over customers' withdrawals for what is suspicious.</summary>
public sealed class ScreeningWatch(GovernanceSource governance, IFactStore facts, IWithdrawalStore store, AlertDesk alerts, TimeProvider time)
{
    private const int PageSize = 200;

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce { Governed.Document.Screening: { } terms } inForce)
        {
            await LookAtListsAsync(terms, inForce, cancellation);
            await LookAtPatternsAsync(terms, cancellation);
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

    private async Task LookAtPatternsAsync(ScreeningTerms terms, CancellationToken cancellation)
    {
        if (terms.Patterns.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var withdrawals = await SinceAsync(now - terms.Patterns.Max(PatternRule.Reach), cancellation);
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

    // The draft first, then the alert: one that nobody was told of is told of again, and the alert is one however often.
    private async Task ReportAsync(SuspicionReport report, CancellationToken cancellation)
    {
        await facts.WriteAsync(FactKind.SuspicionReport, report.Id, SignedDocument.Of(CanonicalJson.Serialize(report), []), cancellation);
        await alerts.RaiseAsync(
            AlertCode.SuspiciousPattern,
            report.Id,
            $"{report.Pattern} by the customer '{report.CustomerId}' of '{report.ClientId}': {report.Payments.Count} withdrawals, {report.Sum} base units of {report.Asset}.",
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
