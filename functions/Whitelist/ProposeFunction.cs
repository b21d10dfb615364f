using Custody.Core.Callers;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Functions.Audit;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Whitelist;

/// <summary>
/// POST /whitelist: a client proposes an entry. The entry's row, inserted if absent, is the acknowledged commit and the guard
/// against duplicates; the orchestration starts after it, and the sweeper starts it if this process dies in between.
/// </summary>
public sealed class ProposeFunction(IWhitelistStore store, WhitelistStarter starter, WhitelistNews news, DoorAudit door, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("ProposeEntry")]
    [Callers(CallerKind.Exchange)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/whitelist")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller();
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return await RefuseAsync(caller, Verdict.Refused(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-whitelist-entry+jws."), cancellation);
        }

        var inForce = request.HttpContext.GetGovernance();
        var now = time.GetUtcNow();
        var reading = ProposalRule.Verify(compact, inForce.Governed, now);
        if (reading.Entry is not { } entry)
        {
            return await RefuseAsync(caller, reading.Verdict, cancellation);
        }

        if (entry.ClientId != caller.Id)
        {
            return await RefuseAsync(caller, Verdict.Refused(RefusalCode.CallerNotAllowed, "clientId must be the caller's own."), cancellation);
        }

        var state = WhitelistState.Proposed(entry, now);
        return Known(entry, inForce.Stops) is { IsAllowed: false } known && await store.LoadAsync(state.Key, cancellation) is null
            ? await RefuseAsync(caller, known, cancellation)
            : await AcceptAsync(state, compact, caller, client, cancellation);
    }

    private async Task<IResult> AcceptAsync(WhitelistState state, string compact, Caller caller, DurableTaskClient client, CancellationToken cancellation)
    {
        if (await store.CreateAsync(state, new Dictionary<string, string> { [WhitelistFile.Proposal] = compact }, cancellation) == CommitOutcome.Committed)
        {
            await news.ChangedAsync(
                state.EntryId, "proposed", caller.Id, $"{state.Address} on {state.Chain} for {state.CustomerId}, “{state.Label}”.", state.Digest, cancellation);
            await starter.TryStartAsync(client, state.Key, cancellation);
            return Replies.Accepted(WhitelistView.Of(state));
        }

        var existing = (await store.LoadAsync(state.Key, cancellation))?.State;
        return existing?.Digest == state.Digest && existing.ClientId == caller.Id
            ? Replies.Ok(WhitelistView.Of(existing))
            : await RefuseAsync(caller, Verdict.Refused(RefusalCode.WhitelistEntryExists, "An entry of this id was proposed before; a new entry needs an id of its own."), cancellation);
    }

    private static Verdict Known(WhitelistEntry entry, StopView stops)
    {
        var standing = stops.StandingOf(entry.EntryId);
        return standing.End is not null ? Verdict.Refused(RefusalCode.WhitelistEntryEnded, "An entry of this id has ended; it never comes back, and a new one needs an id of its own.")
            : standing.WasActivated ? Verdict.Refused(RefusalCode.WhitelistEntryExists, "An entry of this id was activated before; a new entry needs an id of its own.")
            : Verdict.Allowed;
    }

    private async Task<IResult> RefuseAsync(Caller caller, Verdict verdict, CancellationToken cancellation)
    {
        await door.RefusedAsync("ProposeEntry", verdict, caller.Id, cancellation);
        return Problems.Of(verdict);
    }
}
