using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Custody.Functions.Governance;
using Custody.Functions.Roles;
using Custody.Functions.Screening;

namespace Custody.Functions.Withdrawals;

/// <summary>What follows from an answer of the gate that is no signature: wait, end or hold. build and sign act alike.</summary>
public sealed class GateAnswers(CaseEditor editor, GovernanceSource governance, AlertDesk alerts, Ender ender, Holder holder, ScreeningDesk screening, ChainNodes nodes, SilenceTerms silence, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Acts on what the gate answered at <paramref name="stage"/>.</summary>
    public async Task<StageResult> ActAsync(WithdrawalCase file, string stage, GateOutcome outcome, CancellationToken cancellation)
    {
        var id = file.State.Id;
        switch (outcome)
        {
            case GateOutcome.NotYet { Code: RefusalCode.VaultFirmwareNotGoverned } firmware:
                await alerts.RaiseDeviceAsync(AlertCode.VaultFirmwareNotGoverned, file.Intent()?.VaultId ?? id, firmware.Detail, cancellation);
                return StageResult.Of(file.State) with { Retry = true, Until = Later(firmware.Until) };
            case GateOutcome.NotYet { Code: RefusalCode.HostClockBehind } behind:
                await alerts.RaiseClockAsync(behind.Detail, cancellation);
                return StageResult.Of(file.State) with { Retry = true, Until = Later(behind.Until) };
            case GateOutcome.NotYet { Code: not RefusalCode.Unspecified } mend:
                await screening.TellAsync(Verdict.Refused(mend.Code, mend.Detail), cancellation);
                return StageResult.Of(file.State) with { Retry = true, Until = Later(mend.Until) };
            case GateOutcome.NotYet notYet:
                return StageResult.Of(file.State) with { Retry = true, Until = Later(notYet.Until) };
            case GateOutcome.Unknown { Code: RefusalCode.NodeUnavailable } silent when await nodes.AreSplitAsync(file.State.Asset.Chain, cancellation):
                // The gate had no answer because the chain's providers do not agree: that is waited for as long as it takes.
                throw new NodeQuorumException(silent.Detail);
            case GateOutcome.Unknown { Code: RefusalCode.RoleUnavailable } away:
                throw new RoleUnavailableException(away.Detail);
            case GateOutcome.Unknown unknown:
                if (Consequences.Of(unknown.Code).Alert is { } alert)
                {
                    await alerts.RaiseAsync(alert, id, unknown.Detail, cancellation);
                }

                return Silent(file.State, unknown.Code);
            case GateOutcome.Refused { MayBeSigned: false, Code: RefusalCode.RequestExpired or RefusalCode.ApprovalDeadlinePassed } expired:
                return await ender.EndAsync(id, WithdrawalStatus.Expired, stage, expired.Code, expired.Detail, cancellation);
            case GateOutcome.Refused { MayBeSigned: false, Code: RefusalCode.RejectedByApprover or RefusalCode.VoteWithdrawn } rejected:
                return await ender.EndAsync(id, WithdrawalStatus.Rejected, stage, rejected.Code, rejected.Detail, cancellation);
            case GateOutcome.Refused { MayBeSigned: false, Code: RefusalCode.Stopped } stopped when await EndAsync(id, cancellation) is { } end:
                return await ender.EndAsync(id, Ender.StatusOf(end), stage, end, stopped.Detail, cancellation);
            case GateOutcome.Refused refused:
                return await RefusedAsync(file, stage, refused, cancellation);
            default:
                return await holder.HoldAsync(id, stage, RefusalCode.Unspecified, "The gate gave an answer that is not known.", cancellation);
        }
    }

    /// <summary>Asks again, and people only after the time that settings give to whoever does not answer.</summary>
    public StageResult Silent(WithdrawalState state, RefusalCode code) =>
        StageResult.Of(state) with { Retry = true, Until = Later(default), Reason = code.Text(), PatienceSeconds = silence.Seconds };

    /// <summary>When to ask again: the chain's clock may be behind the host's, so never at once, and after a day at the latest.</summary>
    public DateTimeOffset Later(DateTimeOffset until)
    {
        var soonest = time.GetUtcNow() + Pause;
        var latest = time.GetUtcNow() + TimeSpan.FromDays(1);
        return until < soonest ? soonest : until > latest ? latest : until;
    }

    // "May be signed" is remembered only where a journal's line says so, not where the journals or governance could not be read:
    // a withdrawal that was never signed must stay one that can be rejected.
    private async Task<StageResult> RefusedAsync(WithdrawalCase read, string stage, GateOutcome.Refused refused, CancellationToken cancellation)
    {
        var id = read.State.Id;
        if (refused is { MayBeSigned: true, Code: not (RefusalCode.JournalBroken or RefusalCode.GovernanceInvalid or RefusalCode.GovernanceUnsigned) })
        {
            await editor.EditAsync(
                read,
                file => file.State.SignatureExists || file.State.Status.IsEnd()
                    ? null
                    : new CaseChange(file.State with { SignatureExists = true }, new AuditEvent(stage, "may-be-signed", "signer", refused.Code.Text(), refused.Detail)),
                cancellation);
        }

        return await holder.HoldAsync(id, stage, refused.Code, refused.Detail, cancellation);
    }

    private async Task<RefusalCode?> EndAsync(string id, CancellationToken cancellation) =>
        (await governance.RequireAsync(cancellation)).Stops.EndOf(id) is { } end ? RefusalCodes.Find(end.Code ?? "") ?? RefusalCode.Stopped : null;
}
