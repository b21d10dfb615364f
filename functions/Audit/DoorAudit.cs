using System.Globalization;
using Custody.Core.Audit;
using Custody.Core.Results;

namespace Custody.Functions.Audit;

/// <summary>
/// The audit trail of refusals before a withdrawal exists, one chain a day. What a stranger can send for free freezes nothing
/// and raises nothing; it is only written down.
/// </summary>
public sealed class DoorAudit(IAuditTrail trail, TimeProvider time)
{
    /// <summary>The subject of a day's chain.</summary>
    public static string Subject(DateTimeOffset day) => string.Create(CultureInfo.InvariantCulture, $"door-{day:yyyyMMdd}");

    /// <summary>Records a refusal.</summary>
    public Task RefusedAsync(string function, Verdict verdict, string actor, CancellationToken cancellation) => trail.AppendAsync(
        Subject(time.GetUtcNow()),
        [new AuditEvent("door", "refused", actor.Length == 0 ? "unknown" : actor, verdict.Code.Text(), $"{function}: {verdict.Detail}")],
        cancellation);
}
