using Custody.Core.Alerts;
using Custody.Core.Audit;
using Custody.Core.Results;
using Custody.Functions.Alerts;

namespace Custody.Functions.Whitelist;

/// <summary>Tells every change of the whitelist: an audit chain for each entry, and an alert.</summary>
public sealed class WhitelistNews(AlertDesk alerts, IAuditTrail trail)
{
    /// <summary>The audit subject of an entry.</summary>
    public static string Subject(string entryId) => $"whitelist-{entryId}";

    /// <summary>Records and alerts a change; the same action of the same occasion alerts once.</summary>
    public async Task ChangedAsync(
        string entryId, string action, string actor, string detail, string? digest, CancellationToken cancellation, string occasion = "", string? code = null)
    {
        await trail.AppendAsync(Subject(entryId), [new AuditEvent("whitelist", action, actor, code, detail, digest)], cancellation);
        await alerts.RaiseAsync(AlertCode.WhitelistChanged, entryId, $"{action} by {actor}: {detail}", cancellation, $"{action}-{occasion}");
    }

    /// <summary>Records a refusal about an entry that exists; what a stranger can send for free alerts nobody.</summary>
    public Task RefusedAsync(string entryId, string actor, Verdict verdict, CancellationToken cancellation) => trail.AppendAsync(
        Subject(entryId), [new AuditEvent("whitelist", "refused", actor, verdict.Code.Text(), verdict.Detail)], cancellation);
}
