using System.Text.Json.Serialization;

namespace Custody.Core.Callers;

/// <summary>The claims of a call token (RFC 7519 §4.1); no other is accepted.</summary>
/// <param name="Audience">This API, as its settings name it.</param>
/// <param name="ExpiresAt">Seconds since 1970; at most five minutes ahead.</param>
/// <param name="IssuedAt">Seconds since 1970.</param>
/// <param name="TokenId">Unique; a write with it counts once.</param>
public sealed record CallTokenClaims(
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("exp")] long ExpiresAt,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("jti")] string TokenId);
