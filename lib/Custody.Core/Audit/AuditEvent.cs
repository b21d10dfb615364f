namespace Custody.Core.Audit;

/// <summary>Something that happened, before it has its place in a chain.</summary>
/// <param name="Stage">The pipeline's stage, such as <c>validate</c> or <c>sign</c>.</param>
/// <param name="Action">What happened, such as <c>accepted</c>, <c>refused</c>, <c>held</c>.</param>
/// <param name="Actor">Who did it: a client, approver or operator by id, or the system's role.</param>
/// <param name="Code">The refusal's code, where it was one.</param>
/// <param name="Detail">One sentence.</param>
/// <param name="Digest">The digest of the document it is about, hex, where there is one.</param>
public sealed record AuditEvent(string Stage, string Action, string Actor, string? Code = null, string? Detail = null, string? Digest = null);
