using System.Buffers.Text;

namespace Custody.Core.Signatures;

/// <summary>A public key as governance registers it. Its algorithm is what verifies, whatever a header says.</summary>
/// <param name="KeyId">Unique in the governance document.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="PublicKey">base64url without padding: 65 bytes (uncompressed SEC1 point) for ES256, 32 bytes for EdDSA.</param>
/// <param name="Terms">What it may be used for; absent: for everything that its role may.</param>
public sealed record RegisteredKey(string KeyId, SignatureAlgorithm Algorithm, string PublicKey, KeyTerms? Terms = null)
{
    /// <summary>The key from its raw bytes.</summary>
    public static RegisteredKey From(string keyId, SignatureAlgorithm algorithm, ReadOnlySpan<byte> publicKey) =>
        new(keyId, algorithm, Base64Url.EncodeToString(publicKey));

    /// <summary>The raw bytes; empty when the text is not base64url.</summary>
    public byte[] PublicKeyBytes() => StrictBase64Url.TryDecode(PublicKey, out var bytes) ? bytes : [];
}
