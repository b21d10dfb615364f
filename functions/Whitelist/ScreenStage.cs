using Custody.Core.Alerts;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Whitelisting;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Functions.Screening;

namespace Custody.Functions.Whitelist;

/// <summary>
/// screen: the proposed address is looked for on every governed list, and by the provider where it must answer, before people
/// are asked. A hit ends the proposal; no answer waits until the proposal's deadline. Every payment to the address is screened
/// again, whatever this stage said.
/// </summary>
public sealed class ScreenStage(
    WhitelistEditor editor, GovernanceSource governance, IScreener screener, ScreeningDesk desk, WhitelistEnder ender, WhitelistNews news, AlertDesk alerts, TimeProvider time)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30);

    /// <summary>Runs the stage; an entry that does not wait for screening is left as it is.</summary>
    public async Task<WhitelistStep> RunAsync(string key, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(key, cancellation);
        if (file.State.Status != WhitelistStatus.Screening)
        {
            return WhitelistStep.Of(file.State);
        }

        if (WhitelistReader.Proposed(file) is not { } entry)
        {
            await alerts.RaiseAsync(AlertCode.TamperedDocument, file.State.EntryId, "The stored proposal of a whitelist entry cannot be read.", cancellation);
            return await EndAsync(file, RefusalCode.WhitelistEntryUnsigned, "The stored proposal cannot be read.", cancellation);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var deadline = entry.CreatedAt + inForce.Governed.Document.Whitelist.ProposalLife();
        if (time.GetUtcNow() >= deadline)
        {
            return await EndAsync(file, RefusalCode.WhitelistProposalExpired, "Screening gave no answer before the proposal's deadline.", cancellation);
        }

        var subject = new ScreeningSubject(entry.Chain, entry.Address, entry.ClientId, entry.CustomerId);
        switch (await screener.ScreenAsync(subject, cancellation))
        {
            case ScreeningResult.Clear:
                file = await KeepAsync(file, new ScreeningRecord(1, 1, "proposal", subject, "clear", [], []), WhitelistStatus.AwaitingApproval, cancellation);
                await news.ChangedAsync(entry.EntryId, "screened", "pipeline", $"{entry.Address} was not found.", entry.Digest(), cancellation);
                return WhitelistStep.Of(file.State);
            case ScreeningResult.Hit hit:
                var digest = ScreeningHit.Together(hit.Hits.Select(h => h.DigestOn(subject)));
                await alerts.RaiseAsync(AlertCode.SanctionsHit, entry.EntryId, $"The proposed address {entry.Address} was found: {Sentence(hit)}", cancellation);
                file = await KeepAsync(file, new ScreeningRecord(1, 1, "proposal", subject, "hit", [], hit.Hits, digest), WhitelistStatus.Screening, cancellation);
                return await EndAsync(file, RefusalCode.ScreeningHit, Sentence(hit), cancellation);
            case ScreeningResult.Unavailable none:
                return await WaitAsync(file, none.Code, none.Detail, deadline, cancellation);
            default:
                return await WaitAsync(file, RefusalCode.ScreeningUnavailable, "The screener gave an answer that is not known.", deadline, cancellation);
        }
    }

    private async Task<WhitelistStep> WaitAsync(WhitelistFile file, RefusalCode code, string detail, DateTimeOffset deadline, CancellationToken cancellation)
    {
        await desk.TellAsync(Verdict.Refused(code, detail), cancellation);
        var again = time.GetUtcNow() + AskAgain;
        return WhitelistStep.Of(file.State) with { Reason = code.Text(), Until = again < deadline ? again : deadline };
    }

    private async Task<WhitelistStep> EndAsync(WhitelistFile file, RefusalCode code, string detail, CancellationToken cancellation) =>
        WhitelistStep.Of(await ender.EndAsync(file, Verdict.Refused(code, detail), cancellation));

    private async Task<WhitelistFile> KeepAsync(WhitelistFile file, ScreeningRecord record, WhitelistStatus next, CancellationToken cancellation)
    {
        var text = System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(record));
        var name = WhitelistFile.Screening(DomainDigest.Hex("custody/screening-record/v1", CanonicalJson.Serialize(record)));
        return (await editor.EditAsync(
            file.State.Key,
            now => now.State.Status != WhitelistStatus.Screening || (now.State.Status == next && now.Documents.ContainsKey(name)) ? null : new WhitelistChange(
                next == now.State.Status ? now.State : now.State.Become(next),
                now.Documents.ContainsKey(name) ? null : new Dictionary<string, string> { [name] = text }),
            cancellation))!;
    }

    private static string Sentence(ScreeningResult.Hit hit) => string.Join(' ', hit.Hits.Take(3).Select(h => $"{h.List} {h.Entry}: {h.Reason}"));
}
