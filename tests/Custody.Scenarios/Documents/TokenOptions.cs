namespace Custody.Scenarios.Documents;

/// <summary>How a call token differs from a good one.</summary>
/// <param name="Omit">No token at all.</param>
/// <param name="Audience">Another audience.</param>
/// <param name="ExpiresIn">Another lifetime; negative for one that has expired.</param>
/// <param name="Id">A jti; the same one twice is a replay.</param>
/// <param name="Sign">How its signature differs.</param>
internal sealed record TokenOptions(bool Omit = false, string? Audience = null, string? ExpiresIn = null, string? Id = null, SignOptions? Sign = null);
