using Custody.Core.Approvals;
using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Custody.Functions.Whitelist;

/// <summary>
/// POST /whitelist/{id}/approvals: an approver's detached signature over the entry's own bytes is verified, stored, then raised as
/// a durable event. It is the very signature that the gate verifies at each use.
/// </summary>
public sealed class ApproveEntryFunction(WhitelistReader reader, WhitelistEditor editor, WhitelistStarter starter, WhitelistNews news, RefusedStatements refused, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("ApproveEntry")]
    [Callers(CallerKind.Approver)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/whitelist/{id}/approvals")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var (caller, inForce) = (request.HttpContext.GetCaller(), request.HttpContext.GetGovernance());
        if (await reader.FindAsync(id, inForce.Stops, cancellation) is not { File: { } file } found)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such whitelist entry.");
        }

        var detached = await RequestBody.ReadCompactAsync(request, cancellation);
        var verdict = Verify(detached, found, caller, inForce, out var deviceId);
        var isRetry = false;
        if (verdict.IsAllowed)
        {
            await editor.EditAsync(
                file.State.Key,
                now =>
                {
                    verdict = Open(now, caller.Id);

                    // One device's signature again is a retry; a second device's is one person who signs twice.
                    isRetry = now.Documents.TryGetValue(WhitelistFile.Approval(caller.Id), out var earlier) && Jws.PeekKeyId(earlier) == Jws.PeekKeyId(detached!);
                    return verdict.IsAllowed
                        ? new WhitelistChange(now.State, new Dictionary<string, string> { [WhitelistFile.Approval(caller.Id)] = detached! })
                        : null;
                },
                cancellation);
        }

        if (!verdict.IsAllowed)
        {
            await news.RefusedAsync(id, caller.Id, verdict, cancellation);
            if (detached is not null && !isRetry)
            {
                var signer = RegisteredSigner.OfDetached(detached, found.Signed.PayloadBytes(), DocumentType.WhitelistEntry, inForce.Governed, time.GetUtcNow());
                await refused.HearAsync(signer, WhitelistNews.Subject(id), verdict, cancellation);
            }

            return Problems.Of(verdict);
        }

        await news.ChangedAsync(id, "approved", caller.Id, deviceId, found.Entry.Digest(), cancellation, caller.Id);
        await starter.TryWakeAsync(client, file.State.Key, cancellation);
        var signed = (await editor.RequireAsync(file.State.Key, cancellation)).Signed()!;
        var extra = LookAlikeRule.Extra(found.Entry, inForce.Stops, inForce.Governed);
        var tally = WhitelistSignatures.Count(signed, found.Entry.ClientId, inForce.Governed, inForce.Stops.Moment.SuspendedDevices, time.GetUtcNow(), extra);
        return Replies.Ok(new { id, approvals = tally.Approvers.Count, needed = tally.Needed });
    }

    private Verdict Verify(string? detached, FoundEntry found, Caller caller, GovernanceSnapshot.InForce inForce, out string deviceId)
    {
        var governed = inForce.Governed;
        deviceId = "";
        if (detached is null)
        {
            return Verdict.Refused(RefusalCode.BodyMalformed, "The body must be a detached compact JWS of typ custody-whitelist-entry+jws over the entry's bytes.");
        }

        switch (Jws.VerifyDetached(detached, found.Signed.PayloadBytes(), DocumentType.WhitelistEntry, governed.Keys(KeyRole.ApproverDevice), time.GetUtcNow()))
        {
            case JwsVerification.Invalid invalid:
                return SignatureRefusal.Of(invalid);
            case JwsVerification.Valid valid:
                var holder = governed.Holder(valid.Key.KeyId, KeyRole.ApproverDevice)!;
                deviceId = holder.DeviceId ?? "";
                var trained = TrainingRule.Check(governed.Document.Approvers.First(a => a.Id == holder.OwnerId), deviceId, time.GetUtcNow());
                return holder.OwnerId != caller.Id ? Verdict.Refused(RefusalCode.CallerNotAllowed, "The signature is another approver's.")
                    : inForce.Stops.SuspensionOf(holder.OwnerId, deviceId) is not null ? Verdict.Refused(RefusalCode.DeviceSuspended, "The device is suspended; what it signs counts nowhere.")
                    : !trained.IsAllowed ? trained
                    : WhitelistQuorum.Count([holder], found.Entry.ClientId, governed, inForce.Stops.Moment.SuspendedDevices, time.GetUtcNow()).Count == 0
                        ? Verdict.Refused(RefusalCode.SelfApproval, "Who proposed an entry, or has no role that counts, cannot approve it.")
                    : Verdict.Allowed;
            default:
                return default;
        }
    }

    private static Verdict Open(WhitelistFile now, string approverId) =>
        !now.State.Status.IsProposal() ? Verdict.Refused(RefusalCode.WhitelistStatusMismatch, $"The entry is {WhitelistView.Text(now.State.Status)}.")
        : now.Documents.ContainsKey(WhitelistFile.Approval(approverId)) ? Verdict.Refused(RefusalCode.DuplicateVote, $"The approver '{approverId}' has signed the entry.")
        : Verdict.Allowed;
}
