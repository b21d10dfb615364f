using System.Security.Cryptography;
using Custody.Core.Signatures;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Custody.Testing.World;

/// <summary>A document key in memory that follows from its name: the same name is the same key in every run.</summary>
public sealed class SoftwareKey : IDocumentSigner
{
    private readonly byte[] _secret;
    private readonly byte[] _publicKey;

    private SoftwareKey(string keyId, SignatureAlgorithm algorithm)
    {
        (KeyId, Algorithm) = (keyId, algorithm);
        _secret = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"test key {keyId}"));
        _publicKey = algorithm == SignatureAlgorithm.EdDsa ? new Ed25519PrivateKeyParameters(_secret).GeneratePublicKey().GetEncoded() : Point();
    }

    public string KeyId { get; }

    public SignatureAlgorithm Algorithm { get; }

    public RegisteredKey Registered => RegisteredKey.From(KeyId, Algorithm, _publicKey);

    public static SoftwareKey EdDsa(string keyId) => new(keyId, SignatureAlgorithm.EdDsa);

    public static SoftwareKey Es256(string keyId) => new(keyId, SignatureAlgorithm.Es256);

    public Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        if (Algorithm == SignatureAlgorithm.Es256)
        {
            using var ecdsa = Ecdsa();
            return Task.FromResult(ecdsa.SignData(data.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }

        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, new Ed25519PrivateKeyParameters(_secret));
        signer.BlockUpdate(data.Span);
        return Task.FromResult(signer.GenerateSignature());
    }

    private ECDsa Ecdsa() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = _secret });

    private byte[] Point()
    {
        using var ecdsa = Ecdsa();
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. point.X!, .. point.Y!];
    }
}
