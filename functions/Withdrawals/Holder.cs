using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Alerts;
using Custody.Functions.Governance;

namespace Custody.Functions.Withdrawals;

/// <summary>Holds a withdrawal for two operators. What the reason calls for is done first: money is stopped, then people are told, then the file says so.</summary>
public sealed class Holder(CaseEditor editor, GovernanceSource governance, AlertDesk alerts, Freezer freezer)
{
    /// <summary>Holds it where it is; one that is held or has ended stays as it is.</summary>
    public async Task<StageResult> HoldAsync(
        string id, string stage, RefusalCode code, string detail, CancellationToken cancellation, string? step = null)
    {
        var file = await editor.RequireAsync(id, cancellation);
        var consequence = Consequences.Of(code);
        if (consequence.FreezesVault)
        {
            await FreezeAsync(file, detail, cancellation);
        }

        if (consequence.Alert is { } alert)
        {
            await alerts.RaiseAsync(alert, id, detail, cancellation);
        }

        var state = await editor.EditAsync(
            file,
            now => now.State.Status.IsEnd() || now.State.Status == WithdrawalStatus.Held || !IsIn(step ?? StepOf(stage), now.State.Status)
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

    // Activities may run twice: a slow run that fails after its twin went on must not hold what is past its stage.
    private static bool IsIn(string? step, WithdrawalStatus status) => step is null || Steps.After(status) == step;

    private static string? StepOf(string stage) => stage switch
    {
        "validate" or "whitelist" or "screen" or "policy" or "reserve" => Steps.Admit,
        "build" => Steps.Build,
        "sign" => Steps.Sign,
        "compare" or "broadcast" => Steps.Send,
        "confirm" => Steps.Settle,
        _ => null,
    };

    // The row says which vault, and rows can be edited: both the row's and the intent's vault are frozen, and the platform when
    // neither is a governed one.
    private async Task FreezeAsync(WithdrawalCase file, string detail, CancellationToken cancellation)
    {
        var governed = await governance.ReadAsync(cancellation) is GovernanceSnapshot.InForce inForce ? inForce.Governed : null;
        var scopes = new[] { file.State.VaultId, file.Intent()?.VaultId }
            .Where(v => v is not null && governed?.Vault(v) is not null)
            .Select(v => FreezeScope.Vault(v!))
            .Distinct(StringComparer.Ordinal)
            .DefaultIfEmpty(FreezeScope.Platform);
        foreach (var scope in scopes.ToList())
        {
            await freezer.FreezeAsync(scope, $"{file.State.Id}: {detail}", cancellation);
        }
    }
}
