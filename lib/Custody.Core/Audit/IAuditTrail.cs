namespace Custody.Core.Audit;

/// <summary>Audit chains of everything that is not a withdrawal: refusals at the door, freezes, governance.</summary>
public interface IAuditTrail
{
    /// <summary>Appends events to a subject's chain.</summary>
    Task AppendAsync(string subject, IReadOnlyList<AuditEvent> events, CancellationToken cancellation);

    /// <summary>A subject's chain, oldest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ReadAsync(string subject, CancellationToken cancellation);
}
