using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Whitelisting;

namespace Custody.Functions.Whitelist;

/// <summary>Ends proposals: the stop journal first, so that an ended one can never be activated, then the file and the news.</summary>
public sealed class WhitelistEnder(IStopJournal stops, WhitelistEditor editor, WhitelistNews news)
{
    /// <summary>Ends a proposal that a rule refuses for good, or that nobody decided about in time.</summary>
    public async Task<WhitelistState> EndAsync(WhitelistFile file, Verdict verdict, CancellationToken cancellation)
    {
        var id = file.State.EntryId;
        await stops.AppendAsync(
            head =>
            {
                // The id of an entry that is active belongs to that entry: whoever stored a proposal under it must not end it.
                var standing = head.View.StandingOf(id);
                return standing.End is null && !standing.WasActivated
                    ? new StopFact(StopKind.EntryRejected, id, verdict.Detail, Digest: file.State.Digest, Code: verdict.Code.Text())
                    : null;
            },
            cancellation);
        var status = verdict.Code == RefusalCode.WhitelistProposalExpired ? WhitelistStatus.Expired : WhitelistStatus.Rejected;
        var ended = await editor.MoveAsync(file.State.Key, status, s => s with { Reason = verdict.Code, ReasonDetail = verdict.Detail }, cancellation);
        await news.ChangedAsync(id, WhitelistView.Text(status), "pipeline", verdict.Detail, file.State.Digest, cancellation, code: verdict.Code.Text());
        return ended?.State ?? file.State;
    }
}
