using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Maintenance;

/// <summary>
/// Takes ordered gap fills as far as they go now, a step stored before the next, so that a run that died is taken up where it
/// stood. What a file says of its own progress allows nothing: the gate, the certificate and the chain are asked.
/// </summary>
public sealed class GapFiller(
    IGapFillStore fills, IGapFillGate gate, INonceStore nonces, ChainNodes nodes, GapFillSender sender, GapFillEnder ender, IAuditTrail trail, AlertDesk alerts, Freezer freezer, TimeProvider time)
{
    private const int MostOpen = 100;

    /// <summary>Takes every open fill of a chain as far as it goes.</summary>
    public async Task RunAsync(ChainRegistration chain, Governed governed, CancellationToken cancellation)
    {
        foreach (var stored in await fills.ListAsync(open: true, MostOpen, cancellation))
        {
            for (var next = stored.File.Order.Chain == chain.Id ? stored : null; next is not null;)
            {
                next = await StepAsync(next, governed, cancellation) is { } file ? await SavedAsync(file, next, cancellation) : null;
            }
        }
    }

    /// <summary>One step; null when it waits or has ended.</summary>
    private async Task<GapFillFile?> StepAsync(StoredGapFill stored, Governed governed, CancellationToken cancellation) => stored.File.Status switch
    {
        GapFillStatus.Proposed => await ApproveAsync(stored, governed, cancellation),
        GapFillStatus.Approved when stored.File.Unsigned is null => await BuildAsync(stored, governed, cancellation),
        GapFillStatus.Approved => await SignAsync(stored, governed, cancellation),
        GapFillStatus.Signed => await sender.CompareAsync(stored.File, cancellation),
        GapFillStatus.Compared => await sender.PrepareAsync(stored.File, governed, cancellation),
        GapFillStatus.Sent => await sender.SettleAsync(stored.File, governed, cancellation),
        _ => null,
    };

    // The gate is asked before a nonce is taken: one that waits for its time or its day keeps the nonce from nobody.
    private async Task<GapFillFile?> ApproveAsync(StoredGapFill stored, Governed governed, CancellationToken cancellation)
    {
        var file = stored.File;
        if (!GapFillStatementRule.Together(file.Statements, file.Order, governed, time.GetUtcNow()).IsAllowed)
        {
            return null;
        }

        switch (await gate.FillReadyAsync(file.Id, cancellation))
        {
            case GateReadiness.Ready:
                return file with { Status = GapFillStatus.Approved };
            case GateReadiness.Obstacle { Why: GateOutcome.Refused refused }:
                return await RefusedAsync(stored, refused, governed, cancellation);
            default:
                return null;
        }
    }

    private async Task<GapFillFile?> BuildAsync(StoredGapFill stored, Governed governed, CancellationToken cancellation)
    {
        var order = stored.File.Order;
        if (governed.Vault(order.VaultId) is not { } vault || vault.Chain != order.Chain)
        {
            return await RefusedAsync(stored, new GateOutcome.Refused(RefusalCode.MaintenanceAccountWrong, "The vault is not registered.", MayBeSigned: false), governed, cancellation);
        }

        var account = vault.EvmAddress();
        var node = nodes.Of(order.Chain);
        if (await node.TransactionCountAsync(account, BlockReference.Latest, cancellation) > order.Nonce)
        {
            return await RefusedAsync(stored, new GateOutcome.Refused(RefusalCode.NonceNotGap, $"The nonce {order.Nonce} is spent.", MayBeSigned: false), governed, cancellation);
        }

        if (!await nonces.TakeExactAsync(order.Chain, account, stored.File.Id, order.Nonce, cancellation))
        {
            return await RefusedAsync(stored, new GateOutcome.Refused(RefusalCode.NonceNotGap, $"The nonce {order.Nonce} was given to somebody else.", MayBeSigned: false), governed, cancellation);
        }

        if (FeePlanner.Plan(await node.FeeMarketAsync(cancellation), new FeeEnvelope(order.MaxTotal, order.MaxRate)) is not FeePlan.Planned fee)
        {
            return await RefusedAsync(stored, new GateOutcome.Refused(RefusalCode.FeeAboveEnvelope, "The chain wants a higher fee than was ordered.", MayBeSigned: false), governed, cancellation);
        }

        // All that was ordered is offered, of which a block takes its base fee and the tip: nothing outbids a fill that was left behind.
        var rate = BigInteger.Min(order.MaxRate, order.MaxTotal / EvmTransfer.GasLimit);
        var unsigned = UnsignedTransaction.Encode(new EvmTransfer(order.Chain.EvmChainId, order.Nonce, fee.MaxPriorityFeePerGas, rate, account, BigInteger.Zero));
        return stored.File with { Unsigned = Convert.ToHexStringLower(unsigned) };
    }

    private async Task<GapFillFile?> SignAsync(StoredGapFill stored, Governed governed, CancellationToken cancellation)
    {
        var outcome = await gate.FillAsync(stored.File.Id, cancellation);
        Measures.Verdict("gapFill", outcome);
        switch (outcome)
        {
            case GateOutcome.Signed signed:
                return stored.File with { Status = GapFillStatus.Signed, Sighash = signed.Sighash, TransactionId = signed.TransactionId };
            case GateOutcome.Refused refused:
                return await RefusedAsync(stored, refused, governed, cancellation);
            case GateOutcome.Unknown { Code: var code, Detail: var detail } when Consequences.Of(code).Alert is { } alert:
                await alerts.RaiseDeviceAsync(alert, stored.File.Order.VaultId, detail, cancellation);
                return null;
            default:
                return null;
        }
    }

    private async Task<GapFillFile?> RefusedAsync(StoredGapFill stored, GateOutcome.Refused refused, Governed governed, CancellationToken cancellation)
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

    private async Task<StoredGapFill?> SavedAsync(GapFillFile file, StoredGapFill before, CancellationToken cancellation)
    {
        if (file.Status != before.File.Status)
        {
            await trail.AppendAsync(file.Id, [new AuditEvent("gapFill", GapFillText.Of(file.Status), "pipeline", file.Reason, file.ReasonDetail ?? file.TransactionId, file.Sighash)], cancellation);
        }

        // A conflict means that another run, or a signature that came in, was first: the next run reads it again.
        return await fills.SaveAsync(file, before.Version, cancellation) == CommitOutcome.Committed ? await fills.LoadAsync(file.Id, cancellation) : null;
    }
}
