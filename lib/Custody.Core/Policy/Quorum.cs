namespace Custody.Core.Policy;

/// <summary>How many distinct people must approve, and from how many sites.</summary>
/// <param name="Min">Distinct people; at least 1 (nothing is approved by nobody).</param>
/// <param name="MinSites">Distinct sites among them; at least 1.</param>
/// <param name="Roles">Only approvers of these roles count; absent: all.</param>
/// <param name="WebAuthn">True where votes by WebAuthn count, beside at least one of a device that verified the bundle; absent: they do not.</param>
public sealed record Quorum(int Min, int MinSites, IReadOnlyList<string>? Roles, bool? WebAuthn = null);
