using Custody.Core.Vaults;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>CKM_ECDSA over a 32-byte digest, with an attested key of the right curve only. The one place that calls C_Sign.</summary>
internal static class AttestedSigning
{
    private const int DigestLength = 32;
    private const int SignatureLength = 64;

    /// <summary>CKM_ECDSA takes any length and would sign what is no digest, so the length is checked here.</summary>
    public static string? LengthRefusal(int length) => length == DigestLength ? null : $"a digest has {DigestLength} bytes, not {length}";

    public static Pkcs11Answer<byte[]> Sign(PooledSession session, string keyId, EllipticCurve curve, byte[] digest) =>
        LengthRefusal(digest.Length) is { } refusal
            ? new Pkcs11Answer<byte[]>.Faulted(VaultFault.BadDigest, refusal)
            : Attest(session, keyId, curve).Match(
                key => Sign(session.Session, key, digest),
                (fault, detail) => new Pkcs11Answer<byte[]>.Faulted(fault, detail));

    private static Pkcs11Answer<IObjectHandle> Attest(PooledSession session, string keyId, EllipticCurve curve)
    {
        var name = $"{curve}\n{keyId}";
        if (session.Attested(name) is { } attested)
        {
            return new Pkcs11Answer<IObjectHandle>.Done(attested);
        }

        return KeyFinder.Find(session, keyId).Match<Pkcs11Answer<IObjectHandle>>(
            found =>
            {
                if (found.Facts.Refusal(curve) is { } refusal)
                {
                    return new Pkcs11Answer<IObjectHandle>.Faulted(VaultFault.KeyNotAttested, refusal);
                }

                session.Remember(name, found.Handle);
                return new Pkcs11Answer<IObjectHandle>.Done(found.Handle);
            },
            (fault, detail) => new Pkcs11Answer<IObjectHandle>.Faulted(fault, detail));
    }

    private static Pkcs11Answer<byte[]> Sign(ISession session, IObjectHandle key, byte[] digest)
    {
        using var mechanism = session.Factories.MechanismFactory.Create(CKM.CKM_ECDSA);
        var signature = session.Sign(mechanism, key, digest);
        return signature.Length == SignatureLength
            ? new Pkcs11Answer<byte[]>.Done(signature)
            : new Pkcs11Answer<byte[]>.Faulted(VaultFault.Unknown, $"the token returned {signature.Length} bytes as a signature");
    }
}
