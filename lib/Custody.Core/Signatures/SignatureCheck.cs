using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Custody.Core.Signatures;

/// <summary>Verifies one signature under one registered key.</summary>
public static class SignatureCheck
{
    private static readonly VerifiedSignatures Verified = new(most: 4096);

    /// <summary>True only for a valid 64-byte signature over <paramref name="data"/> under a well-formed key.</summary>
    public static bool Verify(RegisteredKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => signature.Length == 64 && key.Algorithm switch
    {
        SignatureAlgorithm.Es256 => Verified.Verify(key, key.PublicKeyBytes(), data, signature, VerifyEs256),
        SignatureAlgorithm.EdDsa => Verified.Verify(key, key.PublicKeyBytes(), data, signature, VerifyEdDsa),
        _ => false,
    };

    private static bool VerifyEs256(byte[] point, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (point.Length != 65 || point[0] != 4)
        {
            return false;
        }

        try
        {
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[1..33], Y = point[33..] },
            });
            return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve: a key that verifies nothing.
            return false;
        }
    }

    private static bool VerifyEdDsa(byte[] publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32)
        {
            return false;
        }

        var verifier = new Ed25519Signer();
        try
        {
            verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(publicKey, 0));
        }
        catch (ArgumentException)
        {
            return false;
        }

        verifier.BlockUpdate(data);
        return verifier.VerifySignature(signature.ToArray());
    }
}
