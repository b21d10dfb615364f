using System.Security.Cryptography;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>ES256 as authenticators write it: the signature is a DER sequence (WebAuthn Level 3 §6.5.5).</summary>
internal static class Es256Der
{
    /// <summary>True only for a valid signature under a well-formed uncompressed P-256 point.</summary>
    public static bool Verify(byte[] point, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
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
            return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve, or the signature is no sequence of two integers.
            return false;
        }
    }
}
