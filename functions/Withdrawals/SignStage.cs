using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Screening;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>sign: asks the gate by the withdrawal's id, and acts on its answer.</summary>
public sealed class SignStage(CaseEditor editor, GovernanceSource governance, PaymentChecks payments, ISigningGate gate, AlertDesk alerts, Ender ender, StageGuard guard, Holder holder, ScreeningDesk screening, ChainNodes nodes, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Runs the stage; a withdrawal that is not being signed, or past it, is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("sign", file.State);
        if (Steps.After(file.State.Status) != Steps.Sign)
        {
            return await guard.NotNextAsync(Steps.Sign, file.State, cancellation);
        }

        // A withdrawal may have waited here for days. What is signed already only comes back from the gate.
        try
        {
            if (!file.State.SignatureExists && await FundsProblemAsync(file, cancellation) is { } problem)
            {
                return await holder.HoldAsync(id, "sign", problem.Code, problem.Detail, cancellation);
            }
        }
        catch (Exception silence) when (silence is NodeUnavailableException and not NodeQuorumException or NodeAnswerException)
        {
            return StageResult.Of(file.State) with { Retry = true, Until = Later(default), Reason = RefusalCode.NodeUnavailable.Text() };
        }

        var outcome = await gate.SignAsync(id, cancellation);
        Measures.Verdict("sign", outcome);
        if (outcome is GateOutcome.Unknown { Code: RefusalCode.NodeUnavailable, Detail: var silent } && await nodes.AreSplitAsync(file.State.Asset.Chain, cancellation))
        {
            // The gate had no answer because the chain's providers do not agree: that is waited for as long as it takes.
            throw new NodeQuorumException(silent);
        }

        switch (outcome)
        {
            case GateOutcome.Signed signed:
                return StageResult.Of(await SignedAsync(file, signed, cancellation));
            case GateOutcome.NotYet { Code: not RefusalCode.Unspecified } mend:
                await screening.TellAsync(Verdict.Refused(mend.Code, mend.Detail), cancellation);
                return StageResult.Of(file.State) with { Retry = true, Until = Later(mend.Until) };
            case GateOutcome.NotYet notYet:
                return StageResult.Of(file.State) with { Retry = true, Until = Later(notYet.Until) };
            case GateOutcome.Unknown unknown:
                if (Consequences.Of(unknown.Code).Alert is { } alert)
                {
                    await alerts.RaiseAsync(alert, id, unknown.Detail, cancellation);
                }

                return StageResult.Of(file.State) with { Retry = true, Until = Later(default), Reason = unknown.Code.Text() };
            case GateOutcome.Refused { MayBeSigned: false, Code: RefusalCode.RequestExpired } expired:
                return await ender.EndAsync(id, WithdrawalStatus.Expired, "sign", expired.Code, expired.Detail, cancellation);
            case GateOutcome.Refused { MayBeSigned: false, Code: RefusalCode.RejectedByApprover or RefusalCode.VoteWithdrawn } rejected:
                return await ender.EndAsync(id, WithdrawalStatus.Rejected, "sign", rejected.Code, rejected.Detail, cancellation);
            case GateOutcome.Refused { MayBeSigned: false, Code: RefusalCode.Stopped } stopped when await EndAsync(id, cancellation) is { } end:
                return await ender.EndAsync(id, Ender.StatusOf(end), "sign", end, stopped.Detail, cancellation);
            case GateOutcome.Refused refused:
                return await RefusedAsync(file, refused, cancellation);
            default:
                return await holder.HoldAsync(id, "sign", RefusalCode.Unspecified, "The gate gave an answer that is not known.", cancellation);
        }
    }

    // Whether the bytes are the intent, and the token the governed one, is the gate's to say; here only whether the funds are there.
    private async Task<Verdict?> FundsProblemAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        var governed = (await governance.RequireAsync(cancellation)).Governed;
        if (file.Intent() is not { } intent || governed.Vault(intent.VaultId) is not { } vault || governed.Asset(intent.Asset) is null
            || file.Find(CaseDocuments.Unsigned(file.State.Attempt)) is not { } unsigned
            || EvmTransactionDecoder.DecodeUnsigned(unsigned.Content.Span) is not EvmDecoding.Unsigned { Transfer: var transfer })
        {
            return null;
        }

        var verdict = await payments.FundsAsync(vault, intent, transfer.MaxTotalFee, cancellation);
        return verdict.IsAllowed ? null : verdict;
    }

    private Task<WithdrawalState> SignedAsync(WithdrawalCase read, GateOutcome.Signed signed, CancellationToken cancellation) => editor.EditAsync(
        read,
        file => Steps.After(file.State.Status) != Steps.Sign
            ? null
            : new CaseChange(
                file.State.Become(WithdrawalStatus.Signed) with { SignatureExists = true, TransactionId = signed.TransactionId },
                new AuditEvent("sign", "signed", "signer", Detail: signed.TransactionId, Digest: signed.Sighash)),
        cancellation);

    // "May be signed" is remembered only where a journal's line says so, not where the journals or governance could not be read:
    // a withdrawal that was never signed must stay one that can be rejected.
    private async Task<StageResult> RefusedAsync(WithdrawalCase read, GateOutcome.Refused refused, CancellationToken cancellation)
    {
        var id = read.State.Id;
        if (refused is { MayBeSigned: true, Code: not (RefusalCode.JournalBroken or RefusalCode.GovernanceInvalid) })
        {
            await editor.EditAsync(
                read,
                file => file.State.SignatureExists || file.State.Status.IsEnd()
                    ? null
                    : new CaseChange(file.State with { SignatureExists = true }, new AuditEvent("sign", "may-be-signed", "signer", refused.Code.Text(), refused.Detail)),
                cancellation);
        }

        return await holder.HoldAsync(id, "sign", refused.Code, refused.Detail, cancellation);
    }

    private async Task<RefusalCode?> EndAsync(string id, CancellationToken cancellation) =>
        (await governance.RequireAsync(cancellation)).Stops.EndOf(id) is { } end ? RefusalCodes.Find(end.Code ?? "") ?? RefusalCode.Stopped : null;

    // The chain's clock may be behind the host's: never asks again at once.
    private DateTimeOffset Later(DateTimeOffset until)
    {
        var soonest = time.GetUtcNow() + Pause;
        var latest = time.GetUtcNow() + TimeSpan.FromDays(1);
        return until < soonest ? soonest : until > latest ? latest : until;
    }
}
