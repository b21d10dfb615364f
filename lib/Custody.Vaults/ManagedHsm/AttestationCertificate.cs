using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Custody.Core.Signatures;

namespace Custody.Vaults.ManagedHsm;

/// <summary>A certificate that came with an attestation.</summary>
/// <param name="Subject">Whose it is.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="SerialNumber">Its serial number, hex.</param>
/// <param name="NotBefore">It is valid from then.</param>
/// <param name="NotAfter">It is valid until then.</param>
/// <param name="Sha256">The SHA-256 of its DER bytes, hex.</param>
public sealed record AttestationCertificate(string Subject, string Issuer, string SerialNumber, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Sha256)
{
    /// <summary>Reads base64url of PEM certificates; null if it is none.</summary>
    internal static IReadOnlyList<AttestationCertificate>? Read(string? text)
    {
        if (text is null)
        {
            return [];
        }

        if (!StrictBase64Url.TryDecode(text, out var bytes))
        {
            return null;
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(bytes));
            return
            [
                .. certificates.Select(c => new AttestationCertificate(
                    c.Subject, c.Issuer, c.SerialNumber.ToLowerInvariant(), new DateTimeOffset(c.NotBefore), new DateTimeOffset(c.NotAfter), c.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant())),
            ];
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }
}
