namespace Custody.Core.Signatures;

/// <summary>What a registered key may be used for, from where and when. A member that is absent restricts nothing.</summary>
/// <param name="Scopes">See <see cref="KeyScope"/>; an empty list permits nothing.</param>
/// <param name="IpRanges">CIDR ranges that calls must come from, such as <c>203.0.113.0/24</c>.</param>
/// <param name="NotBefore">Before that nothing that it signs counts.</param>
/// <param name="NotAfter">From then on nothing that it signed counts.</param>
/// <param name="Person">
/// The natural person who holds a client's key, by the name under which approvers are registered: whoever holds one of a client's
/// keys approves nothing for it.
/// </param>
public sealed record KeyTerms(
    IReadOnlyList<string>? Scopes = null, IReadOnlyList<string>? IpRanges = null, DateTimeOffset? NotBefore = null, DateTimeOffset? NotAfter = null,
    string? Person = null);
