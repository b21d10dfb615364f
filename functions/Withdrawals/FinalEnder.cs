using Custody.Chains.Evm;
using Custody.Core.Audit;
using Custody.Core.Intents;
using Custody.Core.Ledger;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// Ends a withdrawal by what the chain has made final: paid, reverted, or its nonce taken by its own cancel. The last two give its funds back, and
/// one provider's word is not enough for that: who lies that a payment failed has it paid a second time. Then two operators decide, who can
/// look elsewhere.
/// </summary>
public sealed class FinalEnder(CaseEditor editor, ChainNodes nodes, IReservationStore reservations, Ender ender, Holder holder, TimeProvider time)
{
    /// <summary>Whether what was found is final and gives the funds back.</summary>
    public static bool IsUnpaid(Effects found) =>
        found is { IsFinal: true, Signed: not null } && (found.Result is EffectsResult.Reverted || (found.Result is EffectsResult.Matches && found.Signed.Intent.Kind == IntentKind.Cancel));

    /// <summary>Ends it as paid.</summary>
    public Task<StageResult> PaidAsync(WithdrawalCase file, SignedBytes signed, EvmReceipt receipt, CancellationToken cancellation) =>
        SettledAsync(file, signed, receipt, WithdrawalStatus.Settled, cancellation);

    /// <summary>Ends it as not paid where more than one provider says so; else holds it.</summary>
    public async Task<StageResult> UnpaidAsync(WithdrawalCase file, Effects found, CancellationToken cancellation) => nodes.IsSecondOpinion(file.State.Asset.Chain)
        ? await ByOperatorsAsync(file, found, cancellation)
        : await holder.HoldAsync(
            file.State.Id,
            "confirm",
            RefusalCode.ReleaseUnproven,
            $"One provider alone says that {found.Signed!.Record.TransactionId} {(found.Signed.Intent.Kind == IntentKind.Cancel ? "took its nonce" : "was reverted")}. Look at another node: reject it if that says the same, resume it if not.",
            cancellation);

    /// <summary>Ends it as not paid, on whatever word: two operators have signed that it is so.</summary>
    public Task<StageResult> ByOperatorsAsync(WithdrawalCase file, Effects found, CancellationToken cancellation)
    {
        var (signed, receipt) = (found.Signed!, found.Result is EffectsResult.Reverted reverted ? reverted.Receipt : ((EffectsResult.Matches)found.Result).Receipt);
        return signed.Intent.Kind == IntentKind.Cancel
            ? ender.EndCancelledAsync(
                file,
                state => In(state, signed, receipt),
                $"The client cancelled it; {signed.Record.TransactionId} took its nonce in block {receipt.Block.Number}, fee {receipt.Fee}.",
                signed.Record,
                receipt.Fee,
                cancellation)
            : SettledAsync(file, signed, receipt, WithdrawalStatus.Failed, cancellation);
    }

    /// <summary>The state with the block that holds a transaction of the withdrawal.</summary>
    public static WithdrawalState In(WithdrawalState state, SignedBytes signed, EvmReceipt receipt) =>
        state with { TransactionId = signed.Record.TransactionId, BlockNumber = receipt.Block.Number, BlockHash = receipt.Block.Hash };

    private async Task<StageResult> SettledAsync(WithdrawalCase file, SignedBytes signed, EvmReceipt receipt, WithdrawalStatus end, CancellationToken cancellation)
    {
        if (file.Reservation() is { } reservation)
        {
            await reservations.SettleAsync(reservation, end == WithdrawalStatus.Settled, receipt.Fee, signed.Record.TransactionId, time.GetUtcNow(), cancellation);
        }

        var code = end == WithdrawalStatus.Settled ? RefusalCode.Unspecified : RefusalCode.TransactionReverted;
        var state = await editor.EditAsync(
            file,
            now => now.State.Status.IsEnd()
                ? null
                : new CaseChange(
                    In(now.State.Ended(end, code, end == WithdrawalStatus.Settled ? "Paid." : "The transaction was mined, reverted and is final."), signed, receipt),
                    new AuditEvent("settle", StatusText.Of(end), "pipeline", Detail: $"block {receipt.Block.Number}, fee {receipt.Fee}", Digest: signed.Record.Sighash)),
            cancellation);
        return StageResult.Of(state);
    }
}
