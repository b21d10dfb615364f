using System.Security.Cryptography;
using Custody.Core.Signatures;
using Custody.Core.Vaults;

namespace Custody.Vaults.Pkcs11;

/// <summary>
/// Signs documents (ES256) with a P-256 key in a token: an approver's device, an operator's, the comparison key. It refuses any
/// other curve, so that a vault key never signs a document's hash.
/// </summary>
/// <param name="pool">The token's sessions; several signers may share them, and the caller disposes them.</param>
/// <param name="keyId">The registered key id, which goes into the JWS header.</param>
/// <param name="tokenKeyId">The key's id on the token (CKA_ID); null if it is the registered one.</param>
public sealed class Pkcs11DocumentSigner(Pkcs11SessionPool pool, string keyId, string? tokenKeyId = null) : IDocumentSigner
{
    private readonly string _tokenKeyId = tokenKeyId ?? keyId;

    /// <inheritdoc />
    public string KeyId => keyId;

    /// <inheritdoc />
    public SignatureAlgorithm Algorithm => SignatureAlgorithm.Es256;

    /// <inheritdoc />
    /// <exception cref="Pkcs11FaultException">The token gave no signature.</exception>
    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        // CKM_ECDSA_SHA256 is not in every token, so the hash is taken here.
        var digest = SHA256.HashData(data.Span);
        var answer = await pool
            .RunAsync(session => AttestedSigning.Sign(session, _tokenKeyId, EllipticCurve.P256, digest), cancellation)
            .ConfigureAwait(false);
        return answer.OrThrow();
    }

    /// <summary>The uncompressed public key, 65 bytes, of the attested key pair.</summary>
    /// <exception cref="Pkcs11FaultException">The key is not there, or may not sign documents.</exception>
    public async Task<byte[]> ReadPublicKeyAsync(CancellationToken cancellation)
    {
        var answer = await pool.RunAsync(session => KeyFinder.Find(session, _tokenKeyId), cancellation).ConfigureAwait(false);
        var facts = answer.OrThrow().Facts;
        return facts.Refusal(EllipticCurve.P256) is { } refusal
            ? throw new Pkcs11FaultException(VaultFault.KeyNotAttested, refusal)
            : facts.Facts.PublicKey;
    }
}
