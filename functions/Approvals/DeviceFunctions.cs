using Custody.Core.Alerts;
using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Journals;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Approvals;

/// <summary>GET /devices/suspensions, POST /devices/reinstatements: two operators let a suspended device vote again.</summary>
public sealed class DeviceFunctions(IStopJournal stops, IFactStore facts, AlertDesk alerts, IAuditTrail trail, TimeProvider time)
{
    /// <summary>The suspensions in force.</summary>
    [Function("ListSuspensions")]
    [Callers(CallerKind.Operator)]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/devices/suspensions")] HttpRequest request, CancellationToken cancellation) =>
        Task.FromResult(Replies.Ok(new
        {
            items = request.HttpContext.GetGovernance().Stops.SuspendedDevices.Values.OrderBy(s => s.Sequence)
                .Select(s => new { device = s.Subject, sequence = s.Sequence, at = s.At, reason = s.Reason }).ToList(),
        }));

    /// <summary>One operator's half of a reinstatement; the second person's completes it.</summary>
    [Function("ReinstateDevice")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ReinstateAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/devices/reinstatements")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-reinstatement+jws.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var reading = ReinstatementRule.Verify(compact, inForce.Stops, inForce.Governed, time.GetUtcNow());
        if (reading.Statement is not { } statement)
        {
            return Problems.Of(reading.Verdict);
        }

        var device = DeviceSubject.Of(statement.ApproverId, statement.DeviceId);
        await facts.WriteAsync(
            FactKind.ReinstatementHalf, FactId.ReinstatementHalf(statement.SuspensionSequence, statement.OperatorId, compact), SignedDocument.FromCompact(compact)!, cancellation);
        var stored = await facts.ListAsync(FactKind.ReinstatementHalf, FactId.ReinstatementHalves(statement.SuspensionSequence), cancellation);
        var halves = stored.Select(h => h.ToCompact()).Append(compact).Distinct(StringComparer.Ordinal).ToList();
        if (!ReinstatementRule.Together(halves, inForce.Stops, inForce.Governed, time.GetUtcNow()).IsAllowed)
        {
            return Replies.Accepted(new { device, signatures = 1, needed = 2 });
        }

        var lifted = false;
        await stops.AppendAsync(
            head =>
            {
                lifted = head.View.SuspendedDevices.GetValueOrDefault(device)?.Sequence == statement.SuspensionSequence;
                return lifted ? new StopFact(StopKind.DeviceReinstated, device, statement.Reason, Evidence: halves) : null;
            },
            cancellation);
        if (!lifted)
        {
            return Problems.Of(RefusalCode.DeviceNotSuspended, "The suspension that the statement names is no longer in force.");
        }

        await alerts.RaiseAsync(AlertCode.DeviceReinstated, device, statement.Reason, cancellation, $"{statement.SuspensionSequence}");
        await trail.AppendAsync(ContradictionDesk.Subject(device), [new AuditEvent("approve", "reinstated", statement.OperatorId, Detail: statement.Reason)], cancellation);
        return Replies.Ok(new { device, sequence = statement.SuspensionSequence });
    }
}
