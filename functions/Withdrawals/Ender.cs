using Custody.Core.Audit;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Ends a withdrawal unpaid and gives back what it held. The stop journal is written first: from then on the gate refuses, so
/// what is released can no longer be signed for. Where a signature may exist already, the withdrawal is held instead.
/// </summary>
public sealed class Ender(
    CaseEditor editor,
    IStopJournal stops,
    ISigningJournal signings,
    IReservationStore reservations,
    INonceStore nonces,
    GovernanceSource governance,
    Holder holder)
{
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

        await stops.AppendAsync(
            journal => journal.View.EndOf(id) is null ? new StopFact(StopKind.WithdrawalEnded, id, detail, Code: code.Text()) : null, cancellation);
        // Again: the gate may have journalled between the look and the stop. Then it sees the stop before it asks the vault.
        if (await MayBeSignedAsync(file, cancellation))
        {
            return await holder.HoldAsync(id, stage, code, detail, cancellation);
        }

        await ReleaseNonceAsync(file, cancellation);
        return await ReleaseAsync(file, end, stage, code, detail, cancellation);
    }

    /// <summary>Ends a withdrawal whose signatures can never be paid, since a final transaction that is not its own took their nonce.</summary>
    public async Task<StageResult> EndSupersededAsync(string id, CancellationToken cancellation)
    {
        const string Detail = "Two operators rejected it; a conflicting transaction is final.";
        await stops.AppendAsync(
            journal => journal.View.EndOf(id) is null
                ? new StopFact(StopKind.WithdrawalEnded, id, Detail, Code: RefusalCode.RejectedByOperators.Text())
                : null,
            cancellation);
        var file = await editor.RequireAsync(id, cancellation);
        return await ReleaseAsync(file, WithdrawalStatus.Rejected, "resolve", RefusalCode.RejectedByOperators, Detail, cancellation);
    }

    private async Task<StageResult> ReleaseAsync(
        WithdrawalCase file, WithdrawalStatus end, string stage, RefusalCode code, string detail, CancellationToken cancellation)
    {
        if (file.Reservation() is { } reservation)
        {
            await reservations.ReleaseAsync(reservation, cancellation);
        }

        var state = await editor.EditAsync(
            file,
            now => now.State.Status.IsEnd()
                ? null
                : new CaseChange(now.State.Ended(end, code, detail), new AuditEvent(stage, StatusText.Of(end), "pipeline", code.Text(), detail)),
            cancellation);
        return StageResult.Of(state);
    }

    /// <summary>True when the signing journal has a line for the withdrawal.</summary>
    public async Task<bool> MayBeSignedAsync(WithdrawalCase file, CancellationToken cancellation) =>
        file.State.SignatureExists
        || (file.State.VaultId is { } vault && (await signings.ReadAsync(vault, cancellation)).View.Of(file.State.Id).Count > 0);

    private async Task ReleaseNonceAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        if (file.State.VaultId is { } id && file.State.Asset.Chain.IsEvm
            && (await governance.RequireAsync(cancellation)).Governed.Vault(id) is { } vault)
        {
            await nonces.ReleaseAsync(vault.Chain, vault.EvmAddress(), file.State.Id, cancellation);
        }
    }
}
