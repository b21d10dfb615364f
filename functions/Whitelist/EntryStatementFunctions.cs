using Custody.Core.Callers;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Whitelisting;
using Custody.Functions.Audit;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Whitelist;

/// <summary>
/// POST /whitelist/{id}/suspend, /tombstone, /reject and /reinstate: what people say about an entry. What stops it is in the stop
/// journal before it is acknowledged; what lets it go again takes the approvers' quorum.
/// </summary>
public sealed class EntryStatementFunctions(
    IStopJournal stops, WhitelistReader reader, WhitelistEditor editor, WhitelistStarter starter, WhitelistNews news, DoorAudit door, HostClock clock, TimeProvider time)
{
    /// <summary>Suspends an entry: its client, or one operator.</summary>
    [Function("SuspendEntry")]
    [Callers(CallerKind.Exchange | CallerKind.Operator)]
    public Task<IResult> SuspendAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/whitelist/{id}/suspend")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => RunAsync(request, id, WhitelistAction.Suspend, client, SuspendAsync, cancellation);

    /// <summary>Ends an entry for ever: its client, or one operator.</summary>
    [Function("TombstoneEntry")]
    [Callers(CallerKind.Exchange | CallerKind.Operator)]
    public Task<IResult> TombstoneAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/whitelist/{id}/tombstone")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => RunAsync(request, id, WhitelistAction.Tombstone, client, TombstoneAsync, cancellation);

    /// <summary>Rejects an entry that cannot be used yet: one approver.</summary>
    [Function("RejectEntry")]
    [Callers(CallerKind.Approver)]
    public Task<IResult> RejectAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/whitelist/{id}/reject")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => RunAsync(request, id, WhitelistAction.Reject, client, RejectAsync, cancellation);

    /// <summary>One approver's signature that a suspension ends; the quorum's completes it.</summary>
    [Function("ReinstateEntry")]
    [Callers(CallerKind.Approver)]
    public Task<IResult> ReinstateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/whitelist/{id}/reinstate")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => RunAsync(request, id, WhitelistAction.Reinstate, client, ReinstateAsync, cancellation);

    private async Task<IResult> RunAsync(
        HttpRequest request, string id, WhitelistAction action, DurableTaskClient client, Func<Said, CancellationToken, Task<IResult>> apply, CancellationToken cancellation)
    {
        var (caller, inForce) = (request.HttpContext.GetCaller(), request.HttpContext.GetGovernance());
        if (await reader.FindAsync(id, caller, inForce.Stops, cancellation) is not { } found)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such whitelist entry for this caller.");
        }

        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-whitelist-statement+jws.");
        }

        var reading = WhitelistStatementRule.Verify(compact, found.Entry, inForce.Governed, time.GetUtcNow());
        var verdict = !reading.Verdict.IsAllowed ? reading.Verdict
            : reading.Statement!.Action != action ? Verdict.Refused(RefusalCode.FieldInvalid, "The statement says something else than the address that it was sent to.")
            : reading.Statement.ActorId != caller.Id ? Verdict.Refused(RefusalCode.CallerNotAllowed, "The statement is somebody else's.")
            : Verdict.Allowed;
        if (!verdict.IsAllowed)
        {
            await door.RefusedAsync($"{action} {id}", verdict, caller.Id, cancellation);
            await news.RefusedAsync(id, caller.Id, verdict, cancellation);
            return Problems.Of(verdict);
        }

        var result = await apply(new Said(found, reading.Statement!, compact, inForce, client), cancellation);
        if (found.File?.State.Status.IsOpen() == true)
        {
            await starter.TryWakeAsync(client, found.File.State.Key, cancellation);
        }

        return result;
    }

    private Task<IResult> SuspendAsync(Said said, CancellationToken cancellation) => StopAsync(
        said,
        view => view.StandingOf(said.Id) is { End: null, WasActivated: true } standing
            ? standing.Suspension?.Evidence.Contains(said.Compact) == true ? Verdict.Allowed : said.Appends(StopKind.EntrySuspended)
            : Verdict.Refused(RefusalCode.WhitelistStatusMismatch, "Only an entry that was activated and has not ended can be suspended."),
        WhitelistStatus.Suspended,
        cancellation);

    private Task<IResult> TombstoneAsync(Said said, CancellationToken cancellation) => StopAsync(
        said,
        view => view.StandingOf(said.Id).End is { } end
            ? end.Evidence.Contains(said.Compact) ? Verdict.Allowed : Verdict.Refused(RefusalCode.WhitelistEntryEnded, $"The entry has ended: {end.Reason}")
            : said.Appends(StopKind.EntryTombstoned),
        WhitelistStatus.Tombstoned,
        cancellation);

    // What approvers can still take back is what nobody can use yet; later an operator or the client suspends it.
    private Task<IResult> RejectAsync(Said said, CancellationToken cancellation) => StopAsync(
        said,
        view =>
        {
            var standing = view.StandingOf(said.Id);
            var usable = WhitelistRule.UsableFrom(said.Found.Entry, said.InForce.Governed, view);
            return standing.End is { } end
                    ? end.Evidence.Contains(said.Compact) ? Verdict.Allowed : Verdict.Refused(RefusalCode.WhitelistEntryEnded, $"The entry has ended: {end.Reason}")
                : standing.WasActivated && (standing.Suspension is not null || usable is null || usable <= time.GetUtcNow())
                    ? Verdict.Refused(RefusalCode.WhitelistStatusMismatch, "The entry is past its cooling-off; its client or an operator can suspend or tombstone it.")
                : said.Appends(StopKind.EntryRejected);
        },
        WhitelistStatus.Rejected,
        cancellation);

    // The journal first, at the very head that was judged; then the file, the news, and only then the answer.
    private async Task<IResult> StopAsync(Said said, Func<StopView, Verdict> judge, WhitelistStatus status, CancellationToken cancellation)
    {
        var verdict = default(Verdict);
        var journal = await stops.AppendAsync(
            head =>
            {
                said.Line = null;
                verdict = judge(head.View);
                return said.Line;
            },
            cancellation);
        if (!verdict.IsAllowed)
        {
            await news.RefusedAsync(said.Id, said.Statement.ActorId, verdict, cancellation);
            return Problems.Of(verdict);
        }

        var code = status == WhitelistStatus.Rejected ? RefusalCode.WhitelistProposalRejected : RefusalCode.Unspecified;
        var file = await editor.MoveAsync(
            WhitelistKey.Of(said.Id), status, s => s with { Reason = code, ReasonDetail = said.Statement.Reason, UsableFrom = null }, cancellation);
        await news.ChangedAsync(said.Id, WhitelistView.Text(status), said.Statement.ActorId, said.Statement.Reason, said.Statement.EntryDigest, cancellation, $"{journal.View.StandingOf(said.Id).Suspension?.Sequence}");
        return Replies.Ok(WhitelistView.Of(WhitelistReader.StateOf(said.Found with { File = file }, said.InForce.Governed, journal.View)) with
        {
            SuspensionSequence = journal.View.StandingOf(said.Id).Suspension?.Sequence,
        });
    }

    private async Task<IResult> ReinstateAsync(Said said, CancellationToken cancellation)
    {
        var (entry, governed, view) = (said.Found.Entry, said.InForce.Governed, said.InForce.Stops);
        if (view.StandingOf(said.Id) is not { End: null, Suspension: { } suspension } || said.Statement.SuspensionSequence != suspension.Sequence || said.Found.File is null)
        {
            return Problems.Of(RefusalCode.WhitelistStatementMismatch, "The suspension that the statement names is not in force.");
        }

        var name = WhitelistFile.Reinstatement(suspension.Sequence, said.Statement.ActorId, said.Compact);
        var file = await editor.EditAsync(
            said.Found.File.State.Key,
            now => now.Documents.ContainsKey(name) ? null : new WhitelistChange(now.State, new Dictionary<string, string> { [name] = said.Compact }),
            cancellation);
        List<string> statements = [.. file!.With(WhitelistFile.Reinstatements(suspension.Sequence))];
        var extra = LookAlikeRule.Extra(entry, view, governed);
        var tally = ReinstatementRule.Count(statements, entry, suspension.Sequence, governed, view.Moment.SuspendedDevices, extra, time.GetUtcNow());
        if (!tally.HasQuorum)
        {
            // Nothing is left to do for a suspended entry, but who signed is looked at by its orchestration and not here.
            await starter.TryStartAsync(said.Client, said.Found.File.State.Key, cancellation);
            await news.ChangedAsync(said.Id, "reinstatement signed", said.Statement.ActorId, said.Statement.Reason, said.Statement.EntryDigest, cancellation, name);
            return Replies.Accepted(new { id = said.Id, approvals = tally.Approvers.Count, needed = tally.Needed });
        }

        if (governed.Document.Whitelist.CoolingOffSeconds > 0 && await clock.ReadAsync(entry.Chain, governed, cancellation) is { Verdict: { IsAllowed: false } undated })
        {
            // The cooling-off counts from the line that this clock dates; the statement is stored, and said again it completes.
            await news.RefusedAsync(said.Id, said.Statement.ActorId, undated, cancellation);
            return Problems.Of(undated);
        }

        var reinstated = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                reinstated = head.View.StandingOf(said.Id) is { End: null, Suspension: { } inForce } && inForce.Sequence == suspension.Sequence;
                return reinstated ? new StopFact(StopKind.EntryReinstated, said.Id, said.Statement.Reason, Digest: said.Statement.EntryDigest, Evidence: statements) : null;
            },
            cancellation);
        if (!reinstated)
        {
            return Problems.Of(RefusalCode.WhitelistStatementMismatch, "The suspension that the statement names is no longer in force.");
        }

        var usable = WhitelistRule.UsableFrom(entry, governed, journal.View);
        file = await editor.MoveAsync(file.State.Key, WhitelistStatus.CoolingOff, s => s with { UsableFrom = usable, ReasonDetail = null }, cancellation);
        await news.ChangedAsync(said.Id, "reinstated", said.Statement.ActorId, said.Statement.Reason, said.Statement.EntryDigest, cancellation, $"{suspension.Sequence}");
        await starter.TryStartAsync(said.Client, file!.State.Key, cancellation);
        return Replies.Ok(WhitelistView.Of(file.State));
    }

    private sealed record Said(FoundEntry Found, WhitelistStatement Statement, string Compact, GovernanceSnapshot.InForce InForce, DurableTaskClient Client)
    {
        public string Id => Found.Entry.EntryId;

        /// <summary>The line to append at the head that was judged.</summary>
        public StopFact? Line { get; set; }

        public Verdict Appends(StopKind kind)
        {
            Line = new StopFact(kind, Id, Statement.Reason, Digest: Statement.EntryDigest, Evidence: [Compact]);
            return Verdict.Allowed;
        }
    }
}
