namespace Custody.Core.Callers;

/// <summary>An authenticated caller.</summary>
/// <param name="Kind">What the caller is.</param>
/// <param name="Id">The client, approver or operator.</param>
/// <param name="KeyId">The key that signed the token.</param>
/// <param name="TokenId">The token's jti.</param>
/// <param name="TokenExpiresAt">When the token ends.</param>
public sealed record Caller(CallerKind Kind, string Id, string KeyId, string TokenId, DateTimeOffset TokenExpiresAt);
