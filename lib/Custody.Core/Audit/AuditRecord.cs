namespace Custody.Core.Audit;

/// <summary>An event in its place: each record names the hash of the one before, so none can be changed, dropped or moved unseen.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Subject">The withdrawal or governed object that the chain is of.</param>
/// <param name="Sequence">From 1.</param>
/// <param name="Previous">Hash of the record before, hex; empty for the first.</param>
/// <param name="At">When, by the host's clock.</param>
/// <param name="Event">What happened.</param>
public sealed record AuditRecord(int Version, string Subject, long Sequence, string Previous, DateTimeOffset At, AuditEvent Event)
{
    /// <summary>The hash's domain.</summary>
    public const string Domain = "custody/audit/v1";

    /// <summary>The record's hash, hex.</summary>
    public string Hash() => Encoding.DomainDigest.Hex(Domain, Encoding.CanonicalJson.Serialize(this));
}
