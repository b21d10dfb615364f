using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Journals;

namespace Custody.Functions.Alerts;

/// <summary>Freezes scopes: the stop journal first, then the alert and the audit trail.</summary>
public sealed class Freezer(IStopJournal stops, AlertDesk alerts, IAuditTrail trail)
{
    /// <summary>The audit subject of a scope's freezes and thaws.</summary>
    public static string Subject(string scope) => $"freeze-{scope.Replace('/', '-')}";

    /// <summary>Freezes a scope; one that is frozen stays frozen by its first freeze. Returns the freeze in force.</summary>
    public async Task<StopEntry> FreezeAsync(
        string scope, string reason, CancellationToken cancellation, string actor = "pipeline", IReadOnlyList<string>? evidence = null)
    {
        var added = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                added = !head.View.FreezesInForce.ContainsKey(scope);
                return added ? new StopFact(StopKind.Frozen, scope, reason, Evidence: evidence) : null;
            },
            cancellation);
        var freeze = journal.View.FreezesInForce[scope];
        // Always: a run that died after the append told nobody. The line's number makes it one alert.
        await alerts.RaiseAsync(AlertCode.FrozenScope, scope, freeze.Reason, cancellation, $"{freeze.Sequence}");
        if (added)
        {
            await trail.AppendAsync(Subject(scope), [new AuditEvent("freeze", "frozen", actor, Detail: reason)], cancellation);
        }

        return freeze;
    }
}
