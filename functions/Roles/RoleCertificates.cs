using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Custody.Functions.Roles;

/// <summary>
/// The certificates that roles know each other by. One authority of their own issues them, the machine's store is not asked, and each
/// names its role in exactly one URI (RFC 5280, section 4.2.1.6) of the form <c>urn:custody:role:signer</c>.
/// </summary>
public sealed class RoleCertificates : IDisposable
{
    private const string UriPrefix = "urn:custody:role:";
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    private readonly X509Certificate2 _authority;
    private readonly TimeProvider _time;

    /// <summary>Reads them. Throws <see cref="RoleCertificateException"/> when they do not belong together, or the own one is not this role's.</summary>
    public RoleCertificates(RoleSetting setting, TimeProvider time)
    {
        _time = time;
        try
        {
            _authority = X509CertificateLoader.LoadCertificateFromFile(setting.AuthorityFile);
            Own = X509Certificate2.CreateFromPemFile(setting.CertificateFile, setting.KeyFile);
        }
        catch (Exception malformed) when (malformed is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new RoleCertificateException($"The role's certificate, its key or the authority's certificate cannot be read: {malformed.Message}");
        }

        var (role, reason) = RoleOf(Own);
        if (role != setting.Role)
        {
            throw new RoleCertificateException($"The role's own certificate is not one of the {Text(setting.Role)}: {reason ?? $"it names the {Text(role)}"}.");
        }
    }

    /// <summary>This process's certificate with its key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>The role that a certificate proves; Unknown with the reason when it proves none.</summary>
    public (CustodyRole Role, string? Reason) RoleOf(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return (CustodyRole.Unknown, "there is none");
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        // The authority is our own and offline, and keeps no list: certificates are short-lived instead.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = _time.GetUtcNow().UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        if (!chain.Build(certificate))
        {
            return (CustodyRole.Unknown, string.Join(", ", chain.ChainStatus.Select(s => s.Status)));
        }

        return RoleIn(certificate) is { } role ? (role, null) : (CustodyRole.Unknown, "it names no role, or several");
    }

    /// <summary>The URI that a role's certificate carries.</summary>
    public static string UriOf(CustodyRole role) => UriPrefix + Text(role);

    /// <summary>A role in lower-case letters.</summary>
    public static string Text(CustodyRole role) => role switch
    {
        CustodyRole.Pipeline => "pipeline",
        CustodyRole.Signer => "signer",
        CustodyRole.Sender => "sender",
        _ => "none",
    };

    /// <inheritdoc />
    public void Dispose()
    {
        Own.Dispose();
        _authority.Dispose();
    }

    private static CustodyRole? RoleIn(X509Certificate2 certificate)
    {
        var uris = certificate.Extensions.Where(e => e.Oid?.Value == SubjectAlternativeName).SelectMany(e => UrisIn(e.RawData)).ToList();
        CustodyRole[] roles = [CustodyRole.Pipeline, CustodyRole.Signer, CustodyRole.Sender];
        return uris is [var only] ? roles.Where(r => UriOf(r) == only).Select(r => (CustodyRole?)r).FirstOrDefault() : null;
    }

    private static List<string> UrisIn(byte[] extension)
    {
        var uris = new List<string>();
        try
        {
            var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                if (names.PeekTag() == UriTag)
                {
                    uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
                }
                else
                {
                    names.ReadEncodedValue();
                }
            }
        }
        catch (AsnContentException)
        {
            return [];
        }

        return uris;
    }
}
