using Custody.Core.Alerts;
using Custody.Core.Journals;
using Custody.Functions.Alerts;

namespace Custody.Functions.Sending;

/// <summary>What the sender stops when signed bytes are not what was approved: the vault, then the attempt, and then people are told.</summary>
public sealed class SenderStops(IStopJournal stops, AlertDesk alerts)
{
    /// <summary>Freezes the vault that signed a withdrawal's bytes, and burns the attempt.</summary>
    public async Task MismatchAsync(string id, int attempt, string vaultId, string reason, CancellationToken cancellation)
    {
        var (scope, why) = (FreezeScope.Vault(vaultId), $"{id}: {reason}");
        await stops.AppendAsync(head => head.View.FreezesInForce.GetValueOrDefault(scope)?.Reason == why ? null : new StopFact(StopKind.Frozen, scope, why), cancellation);
        await stops.AppendAsync(head => head.View.IsBurnt(id, attempt) ? null : new StopFact(StopKind.AttemptBurnt, id, reason, attempt), cancellation);
        await alerts.RaiseAsync(AlertCode.ComparisonMismatch, id, reason, cancellation);
    }

    /// <summary>Freezes the vault that signed a fill's bytes: once, since a timer finds them again and again.</summary>
    public async Task FillMismatchAsync(string id, string vaultId, string reason, CancellationToken cancellation)
    {
        var (scope, why) = (FreezeScope.Vault(vaultId), $"{id}: {reason}");
        await stops.AppendAsync(head => head.View.WasFrozenFor(scope, why) ? null : new StopFact(StopKind.Frozen, scope, why), cancellation);
        await alerts.RaiseAsync(AlertCode.ComparisonMismatch, id, reason, cancellation);
    }
}
