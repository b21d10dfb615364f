using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Custody.Testing.ManagedHsm;

/// <summary>One version of a key in the double. What the HSM says of it can be changed, to be what it should not.</summary>
public sealed class HsmKey : IDisposable
{
    private readonly ECDsa _key;

    internal HsmKey(string id, string name, string version, string curve)
    {
        Id = id;
        Name = name;
        Version = version;
        Curve = curve;
        _key = ECDsa.Create(curve switch
        {
            "P-256K" => ECCurve.CreateFromFriendlyName("secp256k1"),
            "P-256" => ECCurve.NamedCurves.nistP256,
            _ => throw new ArgumentOutOfRangeException(nameof(curve)),
        });
    }

    /// <summary>The identifier with the version.</summary>
    public string Id { get; }

    public string Name { get; }

    public string Version { get; }

    /// <summary>P-256K (secp256k1) or P-256.</summary>
    public string Curve { get; set; }

    public string KeyType { get; set; } = "EC-HSM";

    public List<string> Operations { get; set; } = ["sign", "verify"];

    public bool? Enabled { get; set; } = true;

    public bool? Exportable { get; set; } = false;

    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? Expires { get; set; }

    public string? HsmPlatform { get; set; } = "2";

    public object? ReleasePolicy { get; set; }

    /// <summary>The evidence that the HSM holds it; null: it gives none.</summary>
    public HsmAttestation? Attestation { get; set; }

    public Dictionary<string, string> Tags { get; set; } = [];

    /// <summary>How often it signed.</summary>
    public int Signed { get; private set; }

    /// <summary>The algorithm of its curve.</summary>
    public string Algorithm => Curve == "P-256K" ? "ES256K" : "ES256";

    /// <summary>The uncompressed point, 65 bytes.</summary>
    public byte[] PublicKey
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
    }

    /// <summary>r‖s, with whichever s comes: an HSM does not normalise.</summary>
    public byte[] Sign(byte[] digest)
    {
        Signed++;
        return _key.SignHash(digest, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public bool Verify(byte[] digest, byte[] signature) => _key.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => _key.Dispose();

    /// <summary>get's answer, as if for another identifier.</summary>
    public string BundleJson(string id) => JsonSerializer.Serialize(Bundle(id), HsmProtocol.Json);

    internal object Bundle(string id, bool attested = false) => new
    {
        attributes = new
        {
            created = 1_700_000_000,
            enabled = Enabled,
            exportable = Exportable,
            nbf = NotBefore?.ToUnixTimeSeconds(),
            exp = Expires?.ToUnixTimeSeconds(),
            recoverableDays = 90,
            recoveryLevel = "Recoverable",
            updated = 1_700_000_000,
            hsmPlatform = HsmPlatform,
            attestation = attested && Attestation is { } told
                ? new
                {
                    certificatePemFile = Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(told.CertificatesPem)),
                    privateKeyAttestation = Base64Url.EncodeToString(told.PrivateKey),
                    publicKeyAttestation = Base64Url.EncodeToString(told.PublicKey),
                    version = told.Version,
                }
                : null,
        },
        key = new { crv = Curve, key_ops = Operations, kid = id, kty = KeyType, x = Coordinate(1), y = Coordinate(33) },
        tags = Tags,
        release_policy = ReleasePolicy,
    };

    private string Coordinate(int from) => Base64Url.EncodeToString(PublicKey.AsSpan(from, 32));
}
