using System.Globalization;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Whitelist;

/// <summary>GET /whitelist, /whitelist/{id}, /whitelist/{id}/audit and /whitelist/{id}/bundle.</summary>
public sealed class ShowEntryFunctions(IWhitelistStore store, WhitelistReader reader, IAuditTrail trail, TimeProvider time)
{
    private const int DefaultSize = 50;
    private const int MaxSize = 200;

    /// <summary>One entry.</summary>
    [Function("ShowEntry")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/whitelist/{id}")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var inForce = request.HttpContext.GetGovernance();
        return await reader.FindAsync(id, request.HttpContext.GetCaller(), inForce.Stops, cancellation) is { } found ? Replies.Ok(View(found, inForce)) : NotFound();
    }

    /// <summary>Entries, newest first; an exchange's own, everybody's for approvers and operators.</summary>
    [Function("ListEntries")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/whitelist")] HttpRequest request, CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller();
        var size = DefaultSize;
        if (request.Query["size"].ToString() is { Length: > 0 } number
            && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxSize))
        {
            return Problems.Of(RefusalCode.FieldInvalid, $"size must be between 1 and {MaxSize}.", "size");
        }

        var continuation = request.Query["continuation"].ToString() is { Length: > 0 } token ? token : null;
        try
        {
            var page = await store.ListAsync(caller.Kind == CallerKind.Exchange ? caller.Id : null, size, continuation, cancellation);
            return Replies.Ok(new { items = page.Items.Select(WhitelistView.Of).ToList(), continuation = page.Continuation });
        }
        catch (FormatException)
        {
            return Problems.Of(RefusalCode.FieldInvalid, "continuation must be what a page before returned.", "continuation");
        }
    }

    /// <summary>An entry's audit trail.</summary>
    [Function("ShowEntryAudit")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> AuditAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/whitelist/{id}/audit")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await reader.FindAsync(id, request.HttpContext.GetCaller(), request.HttpContext.GetGovernance().Stops, cancellation) is null)
        {
            return NotFound();
        }

        var subject = WhitelistNews.Subject(id);
        return Replies.Ok(new { subject, records = await trail.ReadAsync(subject, cancellation) });
    }

    /// <summary>Everything that an approver's device verifies for itself before it shows and signs an entry, and the look-alikes that it is told.</summary>
    [Function("ShowEntryBundle")]
    [Callers(CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> BundleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/whitelist/{id}/bundle")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var inForce = request.HttpContext.GetGovernance();
        return await reader.FindAsync(id, request.HttpContext.GetCaller(), inForce.Stops, cancellation) is { } found
            ? Replies.Ok(new
            {
                id,
                status = WhitelistReader.StateOf(found, inForce.Governed, inForce.Stops).Status,
                entry = found.Signed,
                lookAlikes = LookAlikeRule.Find(found.Entry, inForce.Stops, inForce.Governed),
                suspensionSequence = inForce.Stops.StandingOf(id).Suspension?.Sequence,
                governance = inForce.Stored,
            })
            : NotFound();
    }

    private WhitelistView View(FoundEntry found, GovernanceSnapshot.InForce inForce)
    {
        var extra = LookAlikeRule.Extra(found.Entry, inForce.Stops, inForce.Governed);
        var tally = WhitelistSignatures.Count(found.Signed, found.Entry.ClientId, inForce.Governed, inForce.Stops.Moment.SuspendedDevices, time.GetUtcNow(), extra);
        return WhitelistView.Of(WhitelistReader.StateOf(found, inForce.Governed, inForce.Stops)) with
        {
            Approvals = tally.Approvers.Count,
            Needed = tally.Needed,
            SuspensionSequence = inForce.Stops.StandingOf(found.Entry.EntryId).Suspension?.Sequence,
        };
    }

    private static IResult NotFound() => Problems.Of(RefusalCode.NotFound, "There is no such whitelist entry for this caller.");
}
