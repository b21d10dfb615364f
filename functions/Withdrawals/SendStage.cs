using Custody.Chains.Evm;
using Custody.Core.Audit;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Amendments;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Sending;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>compare → broadcast. What the world will see is durable before the node sees it.</summary>
public sealed class SendStage(
    CaseEditor editor, GovernanceSource governance, SignedReader reader, Comparer comparer, Broadcaster broadcaster, ChainNodes nodes, StageGuard guard, Holder holder,
    AmendmentReader amendments, Replacer replacer, TimeProvider time)
{
    private static readonly TimeSpan UntilDecided = TimeSpan.FromSeconds(10);

    /// <summary>Runs the stage; a withdrawal that is not signed, or past it, is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("send", file.State);
        if (Steps.After(file.State.Status) != Steps.Send)
        {
            return await guard.NotNextAsync(Steps.Send, file.State, cancellation);
        }

        var inForce = await governance.RequireAsync(cancellation);
        var (found, signed) = await FindAsync(file, inForce.Governed, cancellation);
        if (signed is null)
        {
            return await holder.HoldAsync(id, "compare", found.Code, found.Detail, cancellation);
        }

        if (file.State.Status == WithdrawalStatus.Signed && await comparer.CertifyAsync(file, signed, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        return await FirstSendAsync(id, signed, cancellation);
    }

    private async Task<(Verdict Verdict, SignedBytes? Signed)> FindAsync(WithdrawalCase file, Governed governed, CancellationToken cancellation)
    {
        var reading = await reader.ReadAsync(file, governed, cancellation);
        if (!reading.Verdict.IsAllowed)
        {
            return (reading.Verdict, null);
        }

        return reading.Signed.FirstOrDefault(s => s.Attempt == file.State.Attempt && s.Record.TransactionId == file.State.TransactionId) is { } signed
            ? (Verdict.Allowed, signed)
            : (Verdict.Refused(RefusalCode.CertificateInvalid, "The signed bytes are not in the signer's store."), null);
    }

    private async Task<StageResult> FirstSendAsync(string id, SignedBytes signed, CancellationToken cancellation)
    {
        // Read again: comparing took a while, and a freeze that was acknowledged meanwhile stops the first broadcast.
        var inForce = await governance.RequireAsync(cancellation);
        var stopped = SendRule.Stopped(id, signed.Attempt, signed.Vault.Id, signed.Intent, inForce.Stops);
        if (stopped.IsAllowed)
        {
            stopped = await nodes.CheckAsync(inForce.Governed.Chain(signed.Vault.Chain)!, cancellation);
        }

        if (!stopped.IsAllowed)
        {
            return await holder.HoldAsync(id, "broadcast", stopped.Code, stopped.Detail, cancellation);
        }

        var file = await editor.RequireAsync(id, cancellation);
        if (await CancelledAsync(file, inForce, cancellation) is { } instead)
        {
            return instead;
        }

        var prepared = await broadcaster.PrepareAsync(file, signed, inForce.Governed, cancellation);
        if (!prepared.IsAllowed)
        {
            return await holder.HoldAsync(id, "broadcast", prepared.Code, prepared.Detail, cancellation);
        }

        var state = await editor.EditAsync(
            file,
            current => current.State.Status != WithdrawalStatus.Compared
                ? null
                : new CaseChange(
                    current.State.Become(WithdrawalStatus.Broadcast),
                    new AuditEvent("broadcast", "sending", "sender", Detail: signed.Record.TransactionId, Digest: signed.Record.Sighash)),
            cancellation);
        if (state.Status != WithdrawalStatus.Broadcast)
        {
            // Somebody held it meanwhile: nothing is sent that the file does not say is being sent.
            return StageResult.Of(state);
        }

        return await AfterAsync(state, await broadcaster.SendAsync(id, signed, cancellation), cancellation);
    }

    // While a cancel is ordered, what it cancels is not handed over for the first time; approved, it takes the nonce, and is sent instead.
    // Rejected or over, it stops nothing any more.
    private async Task<StageResult?> CancelledAsync(WithdrawalCase file, GovernanceSnapshot.InForce inForce, CancellationToken cancellation)
    {
        var cancels = (await amendments.ReadAsync(file, inForce, cancellation)).Where(a => a.Stored.IsCancel && a.Reading.Verdict.IsAllowed).ToList();
        if (cancels.Any(c => c.Reading.IsApproved) && await replacer.RunAsync(file.State.Id, inForce, onlyCancel: true, cancellation) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!await replacer.IsCancelOutAsync(file, inForce.Governed, cancellation))
        {
            return cancels.Count == 0 ? null : StageResult.Of(file.State) with { Retry = true, Until = time.GetUtcNow() + UntilDecided };
        }

        return StageResult.Of(await editor.EditAsync(
            file.State.Id,
            current => current.State.Status != WithdrawalStatus.Compared
                ? null
                : new CaseChange(current.State.Become(WithdrawalStatus.Broadcast), new AuditEvent("broadcast", "cancelling", "pipeline", Detail: "A cancel takes its nonce; it is not sent.")),
            cancellation));
    }

    // Unknown and "nonce too low" are not failures: the transaction may be in a block. The settle stage looks, and has the bytes
    // sent again; so it does where the sender was away. A fee that is too low for now, or funds that are not there yet, are waited for or
    // outbid likewise, which people were told: two of them could decide nothing better. What a node calls invalid only they can.
    private async Task<StageResult> AfterAsync(WithdrawalState state, SendOutcome outcome, CancellationToken cancellation) => outcome switch
    {
        SendOutcome.Answered { Answer: { Verdict: BroadcastVerdict.Rejected } answer } => await holder.HoldAsync(
            state.Id, "broadcast", RefusalCode.NodeRejected, $"The node refused the transaction ({answer.Verdict}): {answer.Detail}", cancellation, Steps.Settle),
        SendOutcome.Refused refused => await holder.HoldAsync(state.Id, "broadcast", refused.Code, refused.Detail, cancellation, Steps.Settle),
        _ => StageResult.Of(state),
    };
}
