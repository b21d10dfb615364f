namespace Custody.Core.Governance;

/// <summary>Evidence that is kept elsewhere and holds for a time.</summary>
/// <param name="Reference">Where it is kept, for people.</param>
/// <param name="ExpiresAt">From then on it no longer holds.</param>
public sealed record ExpiringReference(string Reference, DateTimeOffset ExpiresAt);
