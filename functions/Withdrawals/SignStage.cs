using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Telemetry;

namespace Custody.Functions.Withdrawals;

/// <summary>sign: asks the gate by the withdrawal's id, and acts on its answer.</summary>
public sealed class SignStage(CaseEditor editor, GovernanceSource governance, PaymentChecks payments, ISigningGate gate, GateAnswers answers, StageGuard guard, Holder holder, TimeProvider time)
{
    private static readonly TimeSpan JustBuilt = TimeSpan.FromSeconds(30);

    /// <summary>Runs the stage; a withdrawal that is not being signed, or past it, is left as it is.</summary>
    public async Task<StageResult> RunAsync(string id, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        using var span = Traces.Stage("sign", file.State);
        if (Steps.After(file.State.Status) != Steps.Sign)
        {
            return await guard.NotNextAsync(Steps.Sign, file.State, cancellation);
        }

        // It may have waited here for days; when it was just built, they were just looked at. What is signed already only comes back from the gate.
        try
        {
            if (!file.State.SignatureExists && time.GetUtcNow() - file.State.UpdatedAt > JustBuilt && await FundsProblemAsync(file, cancellation) is { } problem)
            {
                return await holder.HoldAsync(id, "sign", problem.Code, problem.Detail, cancellation);
            }
        }
        catch (Exception silence) when (silence is NodeUnavailableException and not NodeQuorumException or NodeAnswerException)
        {
            return answers.Silent(file.State, RefusalCode.NodeUnavailable);
        }

        var outcome = await gate.SignAsync(id, cancellation);
        Measures.Verdict("sign", outcome);
        return outcome is GateOutcome.Signed signed
            ? StageResult.Of(await SignedAsync(file, signed, cancellation))
            : await answers.ActAsync(file, "sign", outcome, cancellation);
    }

    // Whether the bytes are the intent, and the token the governed one, is the gate's to say; here only whether the funds are there.
    private async Task<Verdict?> FundsProblemAsync(WithdrawalCase file, CancellationToken cancellation)
    {
        var governed = (await governance.RequireAsync(cancellation)).Governed;
        if (file.Intent() is not { } intent || governed.Vault(intent.VaultId) is not { } vault || governed.Asset(intent.Asset) is null
            || file.Unsigned(file.State.Attempt) is not [.., var unsigned]
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
}
