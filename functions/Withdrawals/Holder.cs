using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;

namespace Custody.Functions.Withdrawals;

/// <summary>Holds a withdrawal for two operators. What the reason calls for is done first: money is stopped, then people are told, then the file says so.</summary>
public sealed class Holder(CaseEditor editor, AlertDesk alerts, Freezer freezer)
{
    /// <summary>Holds it where it is; one that is held or has ended stays as it is.</summary>
    public async Task<StageResult> HoldAsync(string id, string stage, RefusalCode code, string detail, CancellationToken cancellation)
    {
        var file = await editor.RequireAsync(id, cancellation);
        var consequence = Consequences.Of(code);
        if (consequence.FreezesVault && file.State.VaultId is { } vault)
        {
            await freezer.FreezeAsync(FreezeScope.Vault(vault), $"{id}: {detail}", cancellation);
        }

        if (consequence.Alert is { } alert)
        {
            await alerts.RaiseAsync(alert, id, detail, cancellation);
        }

        var state = await editor.EditAsync(
            file,
            now => now.State.Status.IsEnd() || now.State.Status == WithdrawalStatus.Held
                ? null
                : new CaseChange(now.State.Held(code, detail), new AuditEvent(stage, "held", "pipeline", code.Text(), detail)),
            cancellation);
        if (state.Status == WithdrawalStatus.Held)
        {
            await alerts.RaiseAsync(AlertCode.WithdrawalHeld, id, detail, cancellation, $"hold-{state.Hold}");
        }

        return StageResult.Of(state);
    }

    /// <summary>Keeps a held withdrawal held, as a new hold: what was signed about the old one is used up.</summary>
    public async Task<StageResult> AgainAsync(string id, RefusalCode code, string detail, CancellationToken cancellation)
    {
        var state = await editor.EditAsync(
            id,
            now => now.State.Status != WithdrawalStatus.Held
                ? null
                : new CaseChange(now.State with { Hold = now.State.Hold + 1, ReasonDetail = detail }, new AuditEvent("resolve", "refused", "pipeline", code.Text(), detail)),
            cancellation);
        await alerts.RaiseAsync(AlertCode.WithdrawalHeld, id, detail, cancellation, $"hold-{state.Hold}");
        return StageResult.Of(state);
    }
}
