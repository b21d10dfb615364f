using Custody.Chains.Evm;
using Custody.Comparison;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Sending;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Maintenance;

/// <summary>compare → broadcast → confirm of a signed order: has the sender certify its very bytes, and send them again and again until they are final.</summary>
public sealed class UpkeepSender(
    UpkeepReader reader, ISender sender, IStopJournal stops, IReservationStore reservations, ITransactionIndex index, EffectsReader effects, Freezer freezer, AlertDesk alerts, TimeProvider time)
{
    /// <summary>Has the signed bytes certified; null when they are not the order, which freezes the vault, or when the sender gives no answer now.</summary>
    public async Task<UpkeepFile?> CompareAsync(UpkeepFile file, CancellationToken cancellation)
    {
        switch (await sender.CertifyOrderedAsync(file.Id, cancellation))
        {
            case CertifyOutcome.Certified certified:
                return file with { Status = UpkeepStatus.Compared, Certificate = certified.Certificate };
            case CertifyOutcome.Mismatch mismatch:
                await freezer.FreezeOnceAsync(FreezeScope.Vault(mismatch.VaultId), $"{file.Id}: {mismatch.Reason}", cancellation);
                return null;
            case CertifyOutcome.Refused refused:
                await AttackAsync(file, AlertCode.TamperedDocument, refused.Detail, cancellation);
                return null;
            case CertifyOutcome.Unknown unknown when Consequences.Of(unknown.Code).Alert is { } alert:
                await alerts.RaiseAsync(alert, file.Id, unknown.Detail, cancellation);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Verifies the certificate and records whose transaction it is: what the world will see is durable before the node sees it.</summary>
    public async Task<UpkeepFile?> PrepareAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        var (bytes, isStale) = await CertifiedAsync(file, governed, cancellation);
        return isStale ? Uncertified(file)
            : bytes is null || await IsFrozenAsync(file, cancellation) ? null
            : file with { Status = UpkeepStatus.Sent };
    }

    /// <summary>Looks for it on the chain: ended once it is final; sent again while it is in no block.</summary>
    public async Task<UpkeepFile?> SettleAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        var (bytes, isStale) = await CertifiedAsync(file, governed, cancellation);
        if (bytes is null || governed.Chain(file.Order.Chain) is not { } chain)
        {
            return isStale ? Uncertified(file) : null;
        }

        var found = await effects.ReadAsync(new SignedReading(Verdict.Allowed, [bytes], bytes.IsGenuine), chain, cancellation);
        switch (found.Result)
        {
            case EffectsResult.Differs differs:
                await AttackAsync(file, AlertCode.EffectsMismatch, $"{differs.Field} is '{differs.Actual}', and the order says '{differs.Expected}'.", cancellation);
                return null;
            case EffectsResult.NotFound when !found.SupersededBy:
                if (Broadcaster.Refusal(await sender.SendOrderedAsync(file.Id, cancellation)) is var (why, detail))
                {
                    await alerts.RaiseAsync(AlertCode.BroadcastRefused, file.Id, $"It was refused ({why}): {detail}", cancellation, why);
                }

                return null;
            case EffectsResult.NotFound:
                return await SupersededAsync(file, cancellation);
            // A reverted one would fill the gap as well.
            case EffectsResult.Matches { Receipt: var receipt } when found.IsFinal:
                return await EndedAsync(file, bytes, receipt, isPaid: true, governed, cancellation);
            case EffectsResult.Reverted { Receipt: var receipt } when found.IsFinal:
                return await EndedAsync(file, bytes, receipt, isPaid: false, governed, cancellation);
            default:
                return null;
        }
    }

    // Its nonce is spent at the governed depth by something else. A gap fill has nothing left to fill, and moved nothing. Of what moves coin
    // a node's word that it is nowhere gives nothing back: people are told, once a day, and its funds stay promised.
    private async Task<UpkeepFile?> SupersededAsync(UpkeepFile file, CancellationToken cancellation)
    {
        if (file.Order.Kind() == MaintenanceKind.GapFill)
        {
            return file with { Status = UpkeepStatus.Refused, Reason = RefusalCode.SlotTaken.Text(), ReasonDetail = "Its nonce was spent by something else, and that is final." };
        }

        await alerts.RaiseAsync(
            AlertCode.StuckTransaction, file.Id, "Its nonce was spent by something else, and that is final; its own transaction is in no block.", cancellation,
            time.GetUtcNow().ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture));
        return null;
    }

    // Posted before the file says so, and once: a run that died between the two posts the same again.
    private async Task<UpkeepFile> EndedAsync(UpkeepFile file, SignedBytes bytes, EvmReceipt receipt, bool isPaid, Governed governed, CancellationToken cancellation)
    {
        if (UpkeepReservations.For(file.Order, governed) is not { } reservation)
        {
            return file with { Status = UpkeepStatus.Filled };
        }

        await reservations.SettleAsync(reservation, isPaid, receipt.Fee, bytes.Record.TransactionId, time.GetUtcNow(), cancellation);
        return isPaid ? file with { Status = UpkeepStatus.Funded }
            : file with { Status = UpkeepStatus.Refused, Reason = RefusalCode.TransactionReverted.Text(), ReasonDetail = "The transaction was mined, reverted and is final." };
    }

    private async Task<bool> IsFrozenAsync(UpkeepFile file, CancellationToken cancellation) => UpkeepFreezeRule.IsFrozen(file.Order, (await stops.ReadAsync(cancellation)).View);

    // Governance may have replaced the comparison key since: that is no attack, and the one in force compares again.
    private static UpkeepFile Uncertified(UpkeepFile file) => file with { Status = UpkeepStatus.Signed, Certificate = null };

    private async Task<(SignedBytes? Bytes, bool IsStale)> CertifiedAsync(UpkeepFile file, Governed governed, CancellationToken cancellation)
    {
        var (read, bytes) = await reader.ReadAsync(file, governed, cancellation);
        if (bytes is null)
        {
            await (read.IsAllowed ? Task.CompletedTask : AttackAsync(file, AlertCode.TamperedDocument, read.Detail, cancellation));
            return default;
        }

        var verdict = CertificateRule.Check(file.Certificate, bytes.Intent, bytes.Bytes, governed, time.GetUtcNow());
        if (verdict.IsAllowed)
        {
            await index.AddAsync(bytes.Vault.Chain, bytes.Record.TransactionId, file.Id, cancellation);
            return (bytes, false);
        }

        if (CertificateRule.EverHeld(file.Certificate, bytes.Intent, bytes.Bytes, governed, time.GetUtcNow()))
        {
            return (null, true);
        }

        await AttackAsync(file, AlertCode.TamperedDocument, verdict.Detail, cancellation);
        return default;
    }

    private async Task AttackAsync(UpkeepFile file, AlertCode alert, string detail, CancellationToken cancellation)
    {
        await freezer.FreezeOnceAsync(FreezeScope.Vault(file.Order.VaultId), $"{file.Id}: {detail}", cancellation);
        await alerts.RaiseAsync(alert, file.Id, detail, cancellation);
    }
}
