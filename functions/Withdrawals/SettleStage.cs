using System.Globalization;
using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// confirm → settle: only the chain's evidence moves a signed withdrawal. Whichever attempt's transaction the chain holds is
/// the payment, and it must be what was approved for that attempt.
/// </summary>
public sealed class SettleStage(
    CaseEditor editor,
    GovernanceSource governance,
    SignedReader reader,
    EffectsReader effects,
    ConflictFinder conflicts,
    ChainNodes nodes,
    Broadcaster broadcaster,
    Replacer replacer,
    StageGuard guard,
    FinalEnder ends,
    Holder holder,
    AlertDesk alerts,
    TimeProvider time)
{
    /// <summary>In no block for this long: people are told, whatever the cause.</summary>
    private static readonly TimeSpan Unmined = TimeSpan.FromHours(1);

    /// <summary>Runs the stage; a withdrawal that was not broadcast, or has ended, is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("confirm", file.State);
        if (Steps.After(file.State.Status) != Steps.Settle)
        {
            return await guard.NotNextAsync(Steps.Settle, file.State, cancellation);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var governed = inForce.Governed;
        if (governed.Chain(file.State.Asset.Chain) is not { } chain)
        {
            return await holder.HoldAsync(id, "confirm", RefusalCode.GovernanceInvalid, $"The chain {file.State.Asset.Chain} is not registered.", cancellation);
        }

        var reading = await reader.ReadAsync(file, governed, cancellation);
        var verdict = reading.Verdict.IsAllowed ? await nodes.CheckAsync(chain, cancellation) : reading.Verdict;
        if (!verdict.IsAllowed)
        {
            return await holder.HoldAsync(id, "confirm", verdict.Code, verdict.Detail, cancellation);
        }

        var found = await effects.ReadAsync(reading, chain, cancellation);
        Measures.Verdict("confirm", $"{found.Result.GetType().Name}{(found.IsFinal ? " final" : found.SupersededBy ? " superseded" : "")}", isError: found.Result is EffectsResult.Differs);
        return found.Result switch
        {
            // Whichever of the conflicting transactions is final decides: a payment was made, or reverted, or a cancel took its nonce.
            EffectsResult.Matches or EffectsResult.Reverted when FinalEnder.IsUnpaid(found) => await ends.UnpaidAsync(file, found, cancellation),
            EffectsResult.Matches paid when found.IsFinal => await ends.PaidAsync(file, found.Signed!, paid.Receipt, cancellation),
            EffectsResult.Matches paid => await ConfirmingAsync(file, found.Signed!, paid.Receipt, cancellation),
            EffectsResult.Reverted reverted => await ConfirmingAsync(file, found.Signed!, reverted.Receipt, cancellation),
            EffectsResult.Differs differs => await holder.HoldAsync(
                id, "confirm", RefusalCode.EffectsMismatch, $"{differs.Field} is '{differs.Actual}' on chain, and '{differs.Expected}' was approved.", cancellation),
            EffectsResult.NotFound when found.SupersededBy => await SupersededAsync(file, reading, governed, cancellation),
            EffectsResult.NotFound => await NotFoundAsync(file, reading.Signed, inForce, cancellation),
            _ => StageResult.Of(file.State),
        };
    }

    private async Task<StageResult> ConfirmingAsync(WithdrawalCase file, SignedBytes signed, EvmReceipt receipt, CancellationToken cancellation)
    {
        var state = await editor.EditAsync(
            file,
            now => now.State.Status.IsEnd() || now.State.BlockHash == receipt.Block.Hash
                ? null
                : new CaseChange(
                    FinalEnder.In(now.State.Become(WithdrawalStatus.Confirming), signed, receipt),
                    new AuditEvent("confirm", "in-block", "pipeline", Detail: $"block {receipt.Block.Number}", Digest: receipt.Block.Hash[2..])),
            cancellation);
        return StageResult.Of(state);
    }

    // A run beside this one may have signed and sent what outbid the rest, after this one read what was signed.
    private async Task<StageResult> SupersededAsync(WithdrawalCase file, SignedReading reading, Governed governed, CancellationToken cancellation)
    {
        var again = await reader.ReadAsync(await editor.RequireAsync(file.State.Id, cancellation), governed, cancellation);
        if (!again.IsComplete || again.Signed.Count != reading.Signed.Count)
        {
            return StageResult.Of(file.State) with { Retry = true, Until = time.GetUtcNow() };
        }

        var held = await holder.HoldAsync(
            file.State.Id, "confirm", RefusalCode.EffectsMismatch, "The nonce was spent by a transaction that is none of the withdrawal's.", cancellation);
        if (await conflicts.FindAsync(file.State.Id, again, governed.Chain(file.State.Asset.Chain)!, cancellation) is { } conflict)
        {
            await editor.EditAsync(file.State.Id, now => new CaseChange(now.State, conflict), cancellation);
        }

        return held;
    }

    private async Task<StageResult> NotFoundAsync(
        WithdrawalCase file, IReadOnlyList<SignedBytes> signed, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var state = file.State;
        if (state.Status == WithdrawalStatus.Confirming)
        {
            await alerts.RaiseAsync(AlertCode.Reorganised, state.Id, $"Block {state.BlockNumber} left the chain.", cancellation, state.BlockHash ?? "");
            state = await editor.EditAsync(
                state.Id,
                now => now.State.Status != WithdrawalStatus.Confirming
                    ? null
                    : new CaseChange(
                        now.State.Become(WithdrawalStatus.Reorged) with { BlockNumber = null, BlockHash = null },
                        new AuditEvent("confirm", "reorged", "pipeline", Detail: $"block {now.State.BlockNumber}")),
                cancellation);
        }

        if (time.GetUtcNow() - state.UpdatedAt > Unmined)
        {
            await alerts.RaiseAsync(
                AlertCode.StuckTransaction, state.Id, "It has been in no block for an hour: outbid, behind another nonce, or dropped.", cancellation,
                time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        }

        // Of what a block held it is certain that it was sent, and a freeze does not stop it; of anything else nothing proves it,
        // since the process may have died before the first hand-over, and a first broadcast a freeze stops.
        var newest = Newest(file, signed);
        if (newest is null ? signed.Count > 0 : !broadcaster.WasCertified(file, newest, inForce.Governed))
        {
            // It came here with a certificate. Whoever took that away must not have it wait for ever, unseen.
            return await holder.HoldAsync(
                state.Id, "confirm", RefusalCode.CertificateInvalid, "No node has the transaction, and the certificate that it was sent with is gone or is another one.", cancellation);
        }

        if (newest is null)
        {
            return StageResult.Of(state);
        }

        var isFrozen = state.Status != WithdrawalStatus.Reorged && inForce.Stops.FreezeOn(newest.Vault.Id, newest.Intent.ClientId) is not null;
        return await replacer.RunAsync(state.Id, inForce, isFrozen, cancellation) ?? await SendAgainAsync(state.Id, inForce, isFrozen, cancellation);
    }

    // The same bytes again until they are seen or superseded; what replaces others instead of them.
    private async Task<StageResult> SendAgainAsync(string id, GovernanceSnapshot.InForce inForce, bool isFrozen, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        var reading = await reader.ReadAsync(file, inForce.Governed, cancellation);
        if (Newest(file, reading.Signed) is not { } newest)
        {
            return StageResult.Of(file.State);
        }

        // A cancel moves nothing, and no freeze stops it; what pays is not sent again once one may be signed.
        var isCancel = newest.Intent.Kind == IntentKind.Cancel;
        if ((!isCancel && (isFrozen || await replacer.IsCancelOutAsync(file, inForce.Governed, cancellation))) || !(await broadcaster.PrepareAsync(file, newest, inForce.Governed, cancellation)).IsAllowed)
        {
            return StageResult.Of(file.State);
        }

        if (file.State.TransactionId != newest.Record.TransactionId)
        {
            // Its first hand-over: what was acknowledged while it was signed stops it, and what a block held is sent again instead.
            var stops = (await governance.RequireAsync(cancellation)).Stops;
            if (!SendRule.Stopped(id, newest.Attempt, newest.Vault.Id, newest.Intent, stops).IsAllowed)
            {
                if (file.State.Status != WithdrawalStatus.Reorged)
                {
                    return StageResult.Of(file.State);
                }

                newest = reading.Signed.FirstOrDefault(s => s.Record.TransactionId == file.State.TransactionId) ?? newest;
                if (newest.Record.TransactionId != file.State.TransactionId || !(await broadcaster.PrepareAsync(file, newest, inForce.Governed, cancellation)).IsAllowed)
                {
                    return StageResult.Of(file.State);
                }
            }
        }

        var state = file.State.TransactionId == newest.Record.TransactionId
            ? file.State
            : await editor.EditAsync(
                file,
                now => Steps.After(now.State.Status) != Steps.Settle || now.State.TransactionId == newest.Record.TransactionId
                    ? null
                    : new CaseChange(
                        now.State with { TransactionId = newest.Record.TransactionId },
                        new AuditEvent("replace", "sending", "sender", Detail: newest.Record.TransactionId, Digest: newest.Record.Sighash)),
                cancellation);
        if (Steps.After(state.Status) == Steps.Settle)
        {
            await broadcaster.SendAsync(id, newest, cancellation);
        }

        return StageResult.Of(state);
    }

    // The newest that is certified: attempts by number, and within one the last that was built.
    private static SignedBytes? Newest(WithdrawalCase file, IReadOnlyList<SignedBytes> signed) => signed
        .Where(s => file.Find(CaseDocuments.Certificate(s.Attempt, s.Record.Sighash)) is not null)
        .OrderBy(s => s.Attempt)
        .ThenBy(s => file.Unsigned(s.Attempt).TakeWhile(d => !d.Content.Span.SequenceEqual(s.Unsigned)).Count())
        .LastOrDefault();
}
