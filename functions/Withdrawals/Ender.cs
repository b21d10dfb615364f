using System.Numerics;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Ends a withdrawal unpaid and gives back what it held. The stop journal is written first, so the gate refuses from then on;
/// then the signing journals are closed for it, each at its head, which decides between this end and a signature under way.
/// Where a signature may exist already, the withdrawal is held instead.
/// </summary>
public sealed class Ender(
    CaseEditor editor,
    IStopJournal stops,
    ISigningJournal signings,
    IReservationStore reservations,
    INonceStore nonces,
    GovernanceSource governance,
    Holder holder,
    TimeProvider time)
{
    /// <summary>The end that a refusal leads to.</summary>
    public static WithdrawalStatus StatusOf(RefusalCode code) => code switch
    {
        RefusalCode.CancelledByClient => WithdrawalStatus.Cancelled,
        RefusalCode.ApprovalDeadlinePassed or RefusalCode.RequestExpired => WithdrawalStatus.Expired,
        _ => WithdrawalStatus.Rejected,
    };

    /// <summary>Ends it, or holds it when that is too late.</summary>
    public async Task<StageResult> EndAsync(
        string id, WithdrawalStatus end, string stage, RefusalCode code, string detail, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        if (file.State.Status.IsEnd())
        {
            return StageResult.Of(file.State);
        }

        if (await MayBeSignedAsync(file, cancellation))
        {
            return await holder.HoldAsync(id, stage, code, detail, cancellation);
        }

        await StopAsync(id, code, detail, cancellation);
        var governed = (await governance.RequireAsync(cancellation)).Governed;
        if (!await CloseAsync(file, governed, cancellation))
        {
            return await holder.HoldAsync(id, stage, code, detail, cancellation);
        }

        return await ReleaseAsync(file, governed, end, stage, code, detail, cancellation);
    }

    /// <summary>Ends a withdrawal whose signatures can never be paid, since a final transaction that is not its own took their nonce.</summary>
    public async Task<StageResult> EndSupersededAsync(
        string id, CancellationToken cancellation, string detail = "Two operators rejected it; a conflicting transaction is final.")
    {
        await StopAsync(id, RefusalCode.RejectedByOperators, detail, cancellation);
        var file = await editor.RequireAsync(id, cancellation);
        return await FinishAsync(file, WithdrawalStatus.Rejected, "resolve", RefusalCode.RejectedByOperators, detail, cancellation);
    }

    /// <summary>
    /// Ends a withdrawal whose nonce was taken by its own approved cancel, which is final. Its hold is given back less the fee that the
    /// cancel paid, which is posted; its windows let it go with time, as the gate's do.
    /// </summary>
    public async Task<StageResult> EndCancelledAsync(
        WithdrawalCase file, Func<WithdrawalState, WithdrawalState> mined, string detail, SignedTransactionRecord cancel, BigInteger fee, CancellationToken cancellation)
    {
        await StopAsync(file.State.Id, RefusalCode.CancelledByClient, detail, cancellation);
        if (file.Reservation() is { } reservation)
        {
            await reservations.SettleAsync(reservation, isPaid: false, fee, cancel.TransactionId, time.GetUtcNow(), cancellation);
        }

        return StageResult.Of(await editor.EditAsync(
            file,
            now => now.State.Status.IsEnd()
                ? null
                : new CaseChange(
                    mined(now.State.Become(WithdrawalStatus.Confirming)).Ended(WithdrawalStatus.Cancelled, RefusalCode.CancelledByClient, detail),
                    new AuditEvent("cancel", StatusText.Of(WithdrawalStatus.Cancelled), "pipeline", RefusalCode.CancelledByClient.Text(), detail, cancel.Sighash)),
            cancellation));
    }

    /// <summary>
    /// True when a signing journal of any governed vault has a line for the withdrawal. The file's own columns can only add
    /// suspicion: a row that somebody edited must not make a signed withdrawal look unsigned. Of an open one that was asked for before
    /// storage was restored the line may be lost.
    /// </summary>
    public async Task<bool> MayBeSignedAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        if (file.State.SignatureExists)
        {
            return true;
        }

        var inForce = await governance.RequireAsync(cancellation);
        if (!file.State.Status.IsEnd() && inForce.Stops.Restores.Count > 0
            && RestoredRule.Before(inForce.Stops, file.SignedRequest(inForce.Governed, time.GetUtcNow())?.IssuedAt) is not null)
        {
            return true;
        }

        foreach (var vault in inForce.Governed.EveryVault)
        {
            if ((await signings.ReadAsync(vault.Id, cancellation)).View.Of(file.State.Id).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Gives back what a slow stage took for a withdrawal that had been ended meanwhile. Does nothing for one that was paid,
    /// may be signed, or is open.
    /// </summary>
    public async Task ReleaseLeftoversAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        if (file.State.Status is WithdrawalStatus.Rejected or WithdrawalStatus.Expired or WithdrawalStatus.Cancelled
            && !await MayBeSignedAsync(file, cancellation))
        {
            await ReleaseHoldsAsync(file, cancellation);
            await ReleaseNoncesAsync(id, (await governance.RequireAsync(cancellation)).Governed, cancellation);
        }
    }

    private Task StopAsync(string id, RefusalCode code, string detail, CancellationToken cancellation) => stops.AppendAsync(
        journal => journal.View.EndOf(id) is null ? new StopFact(StopKind.WithdrawalEnded, id, detail, Code: code.Text()) : null, cancellation);

    /// <summary>
    /// Gives a burnt attempt up, and with it the nonce that it took; false when something may be signed for the withdrawal. Closed at
    /// the journals' heads, since a signature may be under way that looked at the stops before they said so.
    /// </summary>
    public async Task<bool> GiveUpAttemptAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        return !await MayBeSignedAsync(file, cancellation)
            && await CloseAsync(file, (await governance.RequireAsync(cancellation)).Governed, cancellation, file.State.Attempt);
    }

    /// <summary>Closes every vault's journal for the withdrawal; false when one of them has a line for it, so a signature may exist.</summary>
    private async Task<bool> CloseAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation, int upTo = 0)
    {
        var id = file.State.Id;
        foreach (var vault in governed.EveryVault)
        {
            var mayBeSigned = false;
            await signings.AppendAsync(
                vault.Id,
                head =>
                {
                    mayBeSigned = head.View.Of(id).Count > 0;
                    return mayBeSigned || (upTo > 0 ? head.View.IsClosed(id, upTo) : head.View.IsClosed(id)) ? null : SigningFact.Close(id, upTo);
                },
                cancellation);
            if (mayBeSigned)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<StageResult> ReleaseAsync(
        WithdrawalCase file, Governed governed, WithdrawalStatus end, string stage, RefusalCode code, string detail, CancellationToken cancellation)
    {
        await ReleaseNoncesAsync(file.State.Id, governed, cancellation);
        return await FinishAsync(file, end, stage, code, detail, cancellation);
    }

    private async Task<StageResult> FinishAsync(
        WithdrawalCase file, WithdrawalStatus end, string stage, RefusalCode code, string detail, CancellationToken cancellation)
    {
        await ReleaseHoldsAsync(file, cancellation);
        var state = await editor.EditAsync(
            file,
            now => now.State.Status.IsEnd()
                ? null
                : new CaseChange(now.State.Ended(end, code, detail), new AuditEvent(stage, StatusText.Of(end), "pipeline", code.Text(), detail)),
            cancellation);
        return StageResult.Of(state);
    }

    private async Task ReleaseHoldsAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        if (file.Reservation() is { } reservation)
        {
            await reservations.ReleaseAsync(reservation, cancellation);
        }
    }

    /// <summary>Gives back the nonces of a withdrawal that was never signed, save at one vault.</summary>
    public async Task ReleaseNoncesAsync(string id, Governed governed, CancellationToken cancellation, string? except = null)
    {
        foreach (var vault in governed.EveryVault.Where(v => v.Chain.IsEvm && v.Id != except))
        {
            await nonces.ReleaseAsync(vault.Chain, vault.EvmAddress(), id, cancellation);
        }
    }
}
