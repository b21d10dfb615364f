using System.Text.Json.Serialization;

namespace Custody.Core.Signatures;

/// <summary>The algorithms of registered document keys (RFC 7518 §3.4, RFC 8037). The default value verifies nothing.</summary>
public enum SignatureAlgorithm
{
    /// <summary>None; refused.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    /// <summary>ECDSA on P-256 with SHA-256; the signature is r‖s, 64 bytes.</summary>
    [JsonStringEnumMemberName("ES256")]
    Es256,

    /// <summary>Ed25519.</summary>
    [JsonStringEnumMemberName("EdDSA")]
    EdDsa,
}
