using System.Text.Json.Serialization;

namespace Custody.Core.Signatures;

/// <summary>The protected header; no other member is accepted (RFC 7515 §4).</summary>
/// <param name="Algorithm">What the signer claims; it must equal the registered key's algorithm.</param>
/// <param name="KeyId">The registered key.</param>
/// <param name="Type">The document's type.</param>
/// <param name="IssuedAt">Seconds since 1970; required of documents, absent from call tokens, which carry it as a claim.</param>
public sealed record JwsHeader(
    [property: JsonPropertyName("alg")] SignatureAlgorithm Algorithm,
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("typ")] string Type,
    [property: JsonPropertyName("iat")] long? IssuedAt = null);
