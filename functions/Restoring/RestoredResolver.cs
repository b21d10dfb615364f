using Custody.Chains.Evm;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Withdrawals;

namespace Custody.Functions.Restoring;

/// <summary>
/// Applies what two operators signed about a withdrawal from before a restore. The chain is asked first, whatever they decided: what was
/// paid is settled and never signed again. Only when every nonce at which something may have been signed and forgotten is final, and
/// none of them paid it, it can be rejected.
/// </summary>
public sealed class RestoredResolver(
    CaseEditor editor, IStopJournal stops, ISigningJournal signings, IReservationStore reservations, RestoredMatcher matcher, ChainNodes nodes, Ender ender, Holder holder, TimeProvider time)
{
    private const string Unpaid = "Two operators rejected it; every signature that a restore may have lost is spent by something else.";

    /// <summary>Resolves it; null for one that no restore concerns, or that may go on as any other.</summary>
    public async Task<StageResult?> RunAsync(
        WithdrawalCase file, ResolutionAction action, IReadOnlyList<string> halves, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var issuedAt = file.SignedRequest(inForce.Governed, time.GetUtcNow())?.IssuedAt;
        if (RestoredRule.Before(inForce.Stops, issuedAt) is null)
        {
            return null;
        }

        var id = file.State.Id;
        RestoredMatch match;
        try
        {
            if (inForce.Governed.Chain(file.State.Asset.Chain) is not { } chain || !(await nodes.CheckAsync(chain, cancellation)).IsAllowed)
            {
                return await holder.AgainAsync(id, RefusalCode.NodeUnavailable, "Its chain cannot be asked what was paid.", cancellation);
            }

            match = await matcher.FindAsync(file, chain, inForce.Governed, inForce.Stops, cancellation);
        }
        catch (Exception problem) when (problem is NodeAnswerException or (NodeUnavailableException and not NodeQuorumException))
        {
            return await holder.AgainAsync(id, RefusalCode.NodeUnavailable, $"Its chain does not say what was paid: {problem.Message}", cancellation);
        }

        if (match.Paid is { } receipt)
        {
            return match.IsFinal
                ? await SettleAsync(file, receipt, match.HasReverted, halves, cancellation)
                : await holder.AgainAsync(id, RefusalCode.Restored, $"{receipt.TxId} in block {receipt.Block.Number} pays it, and is not final yet; sign again when it is.", cancellation);
        }

        if (action == ResolutionAction.Reject)
        {
            return match.Open is { } open
                ? await holder.AgainAsync(id, RefusalCode.ResolutionNotPossible, $"It may yet be paid by a signature that a restore lost. {open}", cancellation)
                : await ender.EndSupersededAsync(id, cancellation, Unpaid);
        }

        // With a line in the restored journal whatever is lost of it conflicts with that line, and so does whatever comes.
        return RestoredRule.Check(inForce.Stops, issuedAt, id, await JournalsAsync(inForce.Governed, cancellation)).IsAllowed
            ? null
            : await holder.AgainAsync(id, RefusalCode.Restored, "Nothing on the chain pays it, and it is never signed again: reject it when nothing can pay it any more; the client then asks anew.", cancellation);
    }

    private async Task<StageResult> SettleAsync(WithdrawalCase file, EvmReceipt receipt, bool hasReverted, IReadOnlyList<string> halves, CancellationToken cancellation)
    {
        var (id, transaction) = (file.State.Id, receipt.TxId[2..]);
        var journal = await stops.AppendAsync(
            head => head.View.PaymentOf(id) is null && head.View.MatchedWith(transaction) is null
                ? new StopFact(StopKind.PaymentMatched, id, $"{receipt.TxId} in block {receipt.Block.Number} pays it.", Digest: transaction, Evidence: halves)
                : null,
            cancellation);
        if (journal.View.PaymentOf(id)?.Digest != transaction || journal.View.MatchedWith(transaction) != id)
        {
            return await holder.AgainAsync(id, RefusalCode.Restored, $"{receipt.TxId} was matched with another withdrawal, or it with another transaction.", cancellation);
        }

        if (file.Reservation() is { } reservation)
        {
            await reservations.SettleAsync(reservation, !hasReverted, receipt.Fee, receipt.TxId, time.GetUtcNow(), cancellation);
        }

        var end = hasReverted ? WithdrawalStatus.Failed : WithdrawalStatus.Settled;
        var state = await editor.EditAsync(
            file,
            now => now.State.Status != WithdrawalStatus.Held
                ? null
                : new CaseChange(
                    now.State.Ended(end, hasReverted ? RefusalCode.TransactionReverted : RefusalCode.Unspecified, "Matched with the chain after storage was restored.") with
                    {
                        TransactionId = receipt.TxId,
                        BlockNumber = receipt.Block.Number,
                        BlockHash = receipt.Block.Hash,
                    },
                    new AuditEvent("settle", StatusText.Of(end), "operators", Detail: $"matched with {receipt.TxId} in block {receipt.Block.Number}, fee {receipt.Fee}", Digest: transaction)),
            cancellation);
        return StageResult.Of(state);
    }

    private async Task<IReadOnlyDictionary<string, SigningView>> JournalsAsync(Governed governed, CancellationToken cancellation)
    {
        var journals = new Dictionary<string, SigningView>(StringComparer.Ordinal);
        foreach (var vault in governed.EveryVault)
        {
            journals[vault.Id] = (await signings.ReadAsync(vault.Id, cancellation)).View;
        }

        return journals;
    }
}
