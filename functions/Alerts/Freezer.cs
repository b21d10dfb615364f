using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Journals;

namespace Custody.Functions.Alerts;

/// <summary>Freezes scopes: the stop journal first, then the alert and the audit trail.</summary>
public sealed class Freezer(IStopJournal stops, AlertDesk alerts, IAuditTrail trail)
{
    /// <summary>The audit subject of a scope's freezes and thaws.</summary>
    public static string Subject(string scope) => $"freeze-{scope.Replace('/', '-')}";

    /// <summary>
    /// Freezes a scope. One that is frozen for another reason is frozen anew, so that thaws signed for the first do not lift
    /// the second. Returns the freeze in force.
    /// </summary>
    public async Task<StopEntry> FreezeAsync(
        string scope, string reason, CancellationToken cancellation, string actor = "pipeline", IReadOnlyList<string>? evidence = null)
    {
        var journal = await AppendAsync(
            scope, reason, view => view.FreezesInForce.GetValueOrDefault(scope)?.Reason != reason, actor, evidence, cancellation);
        return journal.FreezesInForce[scope];
    }

    /// <summary>
    /// Freezes a scope for something that stays true, such as a spend in the chain's past, and that a timer finds again in
    /// every run: once. When two operators thawed it they had looked at it.
    /// </summary>
    public Task FreezeOnceAsync(string scope, string reason, CancellationToken cancellation) =>
        AppendAsync(scope, reason, view => !view.WasFrozenFor(scope, reason), "pipeline", null, cancellation);

    /// <summary>Tells of a freeze that another role put into the journal and could tell nobody of.</summary>
    public async Task TellAsync(string scope, string actor, CancellationToken cancellation)
    {
        if ((await stops.ReadAsync(cancellation)).View.FreezesInForce.TryGetValue(scope, out var freeze))
        {
            await alerts.RaiseAsync(AlertCode.FrozenScope, scope, freeze.Reason, cancellation, $"{freeze.Sequence}");
            await trail.AppendAsync(Subject(scope), [new AuditEvent("freeze", "frozen", actor, Detail: freeze.Reason)], cancellation);
        }
    }

    private async Task<StopView> AppendAsync(
        string scope, string reason, Func<StopView, bool> isNew, string actor, IReadOnlyList<string>? evidence, CancellationToken cancellation)
    {
        var added = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                added = isNew(head.View);
                return added ? new StopFact(StopKind.Frozen, scope, reason, Evidence: evidence) : null;
            },
            cancellation);
        if (journal.View.FreezesInForce.TryGetValue(scope, out var freeze))
        {
            // Always: a run that died after the append told nobody. The line's number makes it one alert.
            await alerts.RaiseAsync(AlertCode.FrozenScope, scope, freeze.Reason, cancellation, $"{freeze.Sequence}");
        }

        if (added)
        {
            await trail.AppendAsync(Subject(scope), [new AuditEvent("freeze", "frozen", actor, Detail: reason)], cancellation);
        }

        return journal.View;
    }
}
