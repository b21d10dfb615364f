using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Maintenance;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Maintenance;

/// <summary>
/// Takes what operators ordered for upkeep as far as it goes now, a step stored before the next, so that a run that died is taken up where it
/// stood. What a file says of its own progress allows nothing: the gate, the certificate and the chain are asked.
/// </summary>
public sealed class UpkeepRunner(
    IUpkeepStore orders, IUpkeepGate gate, UpkeepBuilder builder, UpkeepSender sender, UpkeepEnder ender, IAuditTrail trail, AlertDesk alerts, Freezer freezer, TimeProvider time)
{
    private const int MostOpen = 100;

    /// <summary>Takes every open order of a chain as far as it goes.</summary>
    public async Task RunAsync(ChainRegistration chain, Governed governed, CancellationToken cancellation)
    {
        foreach (var stored in await orders.ListAsync(open: true, MostOpen, cancellation))
        {
            for (var next = stored.File.Order.Chain == chain.Id ? stored : null; next is not null;)
            {
                next = await StepAsync(next, governed, cancellation) is { } file ? await SavedAsync(file, next, cancellation) : null;
            }
        }
    }

    /// <summary>One step; null when it waits or has ended.</summary>
    private async Task<UpkeepFile?> StepAsync(StoredUpkeep stored, Governed governed, CancellationToken cancellation)
    {
        using var span = Traces.Upkeep(UpkeepText.Of(stored.File.Status), stored.File.Id);
        return stored.File.Status switch
        {
            UpkeepStatus.Proposed => await ApproveAsync(stored, governed, cancellation),
            UpkeepStatus.Approved when stored.File.Unsigned is null => await BuildAsync(stored, governed, cancellation),
            UpkeepStatus.Approved => await SignAsync(stored, governed, cancellation),
            UpkeepStatus.Signed => await sender.CompareAsync(stored.File, cancellation),
            UpkeepStatus.Compared => await sender.PrepareAsync(stored.File, governed, cancellation),
            UpkeepStatus.Sent => await sender.SettleAsync(stored.File, governed, cancellation),
            _ => null,
        };
    }

    // The gate is asked before a nonce is taken: one that waits for its time or its day keeps the nonce from nobody.
    private async Task<UpkeepFile?> ApproveAsync(StoredUpkeep stored, Governed governed, CancellationToken cancellation)
    {
        var file = stored.File;
        if (!UpkeepStatementRule.Together(file.Statements, file.Order, governed, time.GetUtcNow()).IsAllowed)
        {
            return null;
        }

        var readiness = await gate.OrderReadyAsync(file.Id, cancellation);
        Measures.Verdict($"{UpkeepText.Of(file.Order.Kind())} ready", readiness);
        switch (readiness)
        {
            case GateReadiness.Ready:
                return file with { Status = UpkeepStatus.Approved };
            case GateReadiness.Obstacle { Why: GateOutcome.Refused refused }:
                return await RefusedAsync(stored, refused, governed, cancellation);
            default:
                return null;
        }
    }

    private async Task<UpkeepFile?> BuildAsync(StoredUpkeep stored, Governed governed, CancellationToken cancellation)
    {
        var (verdict, unsigned) = await builder.BuildAsync(stored.File, governed, cancellation);
        return !verdict.IsAllowed ? await RefusedAsync(stored, new GateOutcome.Refused(verdict.Code, verdict.Detail, MayBeSigned: false), governed, cancellation)
            : unsigned is null ? null
            : stored.File with { Unsigned = Convert.ToHexStringLower(unsigned) };
    }

    private async Task<UpkeepFile?> SignAsync(StoredUpkeep stored, Governed governed, CancellationToken cancellation)
    {
        var outcome = await gate.SignOrderedAsync(stored.File.Id, cancellation);
        Measures.Verdict(UpkeepText.Of(stored.File.Order.Kind()), outcome);
        switch (outcome)
        {
            case GateOutcome.Signed signed:
                return stored.File with { Status = UpkeepStatus.Signed, Sighash = signed.Sighash, TransactionId = signed.TransactionId };
            case GateOutcome.Refused refused:
                return await RefusedAsync(stored, refused, governed, cancellation);
            case GateOutcome.Unknown { Code: var code, Detail: var detail } when Consequences.Of(code).Alert is { } alert:
                await alerts.RaiseDeviceAsync(alert, stored.File.Order.VaultId, detail, cancellation);
                return null;
            default:
                return null;
        }
    }

    private async Task<UpkeepFile?> RefusedAsync(StoredUpkeep stored, GateOutcome.Refused refused, Governed governed, CancellationToken cancellation)
    {
        var (alert, freezes) = Consequences.Of(refused.Code);
        if (freezes)
        {
            await freezer.FreezeOnceAsync(Core.Journals.FreezeScope.Vault(stored.File.Order.VaultId), $"{stored.File.Id}: {refused.Detail}", cancellation);
        }

        if (alert is { } code)
        {
            await alerts.RaiseAsync(code, stored.File.Id, refused.Detail, cancellation);
        }

        // Once a line may be written only the chain ends it: it is asked again, and signed with operators whose signatures count again.
        return refused.MayBeSigned ? null : await ender.EndAsync(stored.File, refused.Code, refused.Detail, governed, cancellation);
    }

    private async Task<StoredUpkeep?> SavedAsync(UpkeepFile file, StoredUpkeep before, CancellationToken cancellation)
    {
        if (file.Status != before.File.Status)
        {
            await trail.AppendAsync(file.Id, [new AuditEvent(UpkeepText.Of(file.Order.Kind()), UpkeepText.Of(file.Status), "pipeline", file.Reason, file.ReasonDetail ?? file.TransactionId, file.Sighash)], cancellation);
        }

        // A conflict means that another run, or a signature that came in, was first: the next run reads it again.
        return await orders.SaveAsync(file, before.Version, cancellation) == CommitOutcome.Committed ? await orders.LoadAsync(file.Id, cancellation) : null;
    }
}
