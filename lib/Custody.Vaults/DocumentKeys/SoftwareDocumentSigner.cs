using System.Security.Cryptography;
using Custody.Core.Signatures;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Custody.Vaults.DocumentKeys;

/// <summary>Signs documents with a private key in memory, for clients whose keys live in a file: P-256 or Ed25519.</summary>
public sealed class SoftwareDocumentSigner : IDocumentSigner, IDisposable
{
    private readonly ECDsa? _p256;
    private readonly Ed25519PrivateKeyParameters? _ed25519;

    internal SoftwareDocumentSigner(string keyId, ECDsa p256)
    {
        KeyId = keyId;
        Algorithm = SignatureAlgorithm.Es256;
        _p256 = p256;
        var point = p256.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = [4, .. point.X!, .. point.Y!];
    }

    internal SoftwareDocumentSigner(string keyId, Ed25519PrivateKeyParameters ed25519)
    {
        KeyId = keyId;
        Algorithm = SignatureAlgorithm.EdDsa;
        _ed25519 = ed25519;
        PublicKey = ed25519.GeneratePublicKey().GetEncoded();
    }

    /// <inheritdoc />
    public string KeyId { get; }

    /// <inheritdoc />
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>P-256: the uncompressed point, 65 bytes. Ed25519: 32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <inheritdoc />
    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_p256 is not null
            ? _p256.SignData(data.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            : SignEd25519(_ed25519!, data.Span));
    }

    /// <inheritdoc />
    public void Dispose() => _p256?.Dispose();

    private static byte[] SignEd25519(Ed25519PrivateKeyParameters key, ReadOnlySpan<byte> data)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, key);
        signer.BlockUpdate(data);
        return signer.GenerateSignature();
    }
}
