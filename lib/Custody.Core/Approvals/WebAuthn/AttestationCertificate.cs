using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>What an attestation certificate must be (WebAuthn Level 3 §8.2.1).</summary>
internal static class AttestationCertificate
{
    private const string CountryOid = "2.5.4.6";
    private const string OrganizationOid = "2.5.4.10";
    private const string UnitOid = "2.5.4.11";
    private const string CommonNameOid = "2.5.4.3";
    private const string AaguidOid = "1.3.6.1.4.1.45724.1.1.4";
    private const string Unit = "Authenticator Attestation";
    private const int P256 = 256;

    /// <summary>What is wrong with a statement's certificates or its signature, for people; null when nothing is.</summary>
    public static string? Problem(PackedStatement packed, AttestedCredential credential, AuthenticatorModel model, ReadOnlySpan<byte> signed)
    {
        var opened = new List<X509Certificate2>();
        try
        {
            foreach (var der in packed.Certificates)
            {
                opened.Add(X509CertificateLoader.LoadCertificate(der));
            }

            var certificate = opened[0];
            using var key = certificate.GetECDsaPublicKey();
            return key is not { KeySize: P256 } || !key.VerifyData(signed, packed.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
                    ? "the statement does not verify under its certificate"
                : certificate.Version != 3 || !HasSubject(certificate) ? "its certificate is not version 3 with the subject of an attestation certificate"
                : certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: false } ? "its certificate may issue others"
                : !IsForModel(certificate, credential.Aaguid) ? "its certificate is another model's"
                : model.Roots is { Count: > 0 } roots && !IsBelow(certificate, opened, roots) ? "its certificate is not below the model's governed roots"
                : null;
        }
        catch (Exception malformed) when (malformed is CryptographicException or AsnContentException)
        {
            return "its certificates do not read";
        }
        finally
        {
            opened.ForEach(c => c.Dispose());
        }
    }

    private static bool HasSubject(X509Certificate2 certificate)
    {
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(n => !n.HasMultipleElements)
            .ToLookup(n => n.GetSingleElementType().Value, n => n.GetSingleElementValue());
        return names[CountryOid].Any() && names[OrganizationOid].Any() && names[CommonNameOid].Any() && names[UnitOid].Contains(Unit);
    }

    // The extension is an octet string of 16 bytes inside the extension's own; absent, the certificate is for several models.
    private static bool IsForModel(X509Certificate2 certificate, string aaguid) =>
        certificate.Extensions[AaguidOid] is not { } extension
        || (!extension.Critical && AsnDecoder.ReadOctetString(extension.RawData, AsnEncodingRules.DER, out var read) is { Length: 16 } bytes
            && read == extension.RawData.Length && new Guid(bytes, bigEndian: true).ToString("D") == aaguid);

    // Whether a certificate is still in its time is no question: the credential was made when it was.
    private static bool IsBelow(X509Certificate2 certificate, IEnumerable<X509Certificate2> others, IReadOnlyList<string> roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        chain.ChainPolicy.ExtraStore.AddRange(others.Skip(1).ToArray());
        foreach (var root in roots)
        {
            chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(StrictBase64Url.TryDecode(root, out var der) ? der : []));
        }

        try
        {
            return chain.Build(certificate);
        }
        finally
        {
            foreach (var root in chain.ChainPolicy.CustomTrustStore)
            {
                root.Dispose();
            }
        }
    }
}
