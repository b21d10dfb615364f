using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Custody.Testing;

/// <summary>
/// A WebAuthn authenticator and the browser in front of it, in memory: real attestations and assertions, byte for byte as the
/// specification lays them out. Its key follows from its name, and a clone is one of the same name. It shares no code with
/// what verifies.
/// </summary>
public sealed class SoftwareAuthenticator
{
    public const string RelyingParty = "exchange.example";
    public const string Origin = "https://approve.exchange.example";
    public const string Model = "5c2f3a4e-0b1d-4c6e-8f90-a1b2c3d4e5f6";

    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte Attested = 0x40;

    private static readonly Lazy<(X509Certificate2 Root, X509Certificate2 Leaf, ECDsa Key)> Maker = new(() => MakeCertificates(Model, "Authenticator Attestation", isAuthority: false));

    private readonly byte[] _secret;

    public SoftwareAuthenticator(string name)
    {
        _secret = SHA256.HashData(Encoding.UTF8.GetBytes($"test authenticator {name}"));
        CredentialId = SHA256.HashData(Encoding.UTF8.GetBytes($"test credential {name}"));
        using var key = Key();
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Point = [4, .. point.X!, .. point.Y!];
    }

    public byte[] CredentialId { get; }

    /// <summary>The public key, an uncompressed point.</summary>
    public byte[] Point { get; }

    /// <summary>The last counter; each assertion adds one.</summary>
    public uint Counter { get; set; }

    /// <summary>The maker's root certificate, base64url.</summary>
    public static string Root => Text(Maker.Value.Root.RawData);

    public static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>SHA-256 of a domain, a zero byte and the content: how every digest of the system is made.</summary>
    public static byte[] Digest(string domain, ReadOnlySpan<byte> content) => SHA256.HashData((byte[])[.. Encoding.ASCII.GetBytes(domain), 0, .. content]);

    /// <summary>A registration for an approver's device.</summary>
    public AuthenticatorRegistration Register(string approver, string device, AuthenticatorForm form = AuthenticatorForm.Certificate, AuthenticatorAnswer? answer = null) =>
        Register(Digest("custody/webauthn-registration/v1", Encoding.UTF8.GetBytes($"{approver}/{device}")), form, answer);

    public AuthenticatorRegistration Register(byte[] challenge, AuthenticatorForm form, AuthenticatorAnswer? answer = null)
    {
        answer ??= new AuthenticatorAnswer();
        var client = ClientData("webauthn.create", challenge, answer);
        byte[] data = [.. Header(answer, Present | Verified | Attested, Counter), .. CredentialData(answer)];
        var signed = (byte[])[.. data, .. SHA256.HashData(client)];
        using var own = Key();
        var statement = form switch
        {
            AuthenticatorForm.Self => Packed(own.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), []),
            AuthenticatorForm.Certificate => Packed(Maker.Value.Key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), [Maker.Value.Leaf.RawData]),
            AuthenticatorForm.OtherMaker => OtherMaker(signed, answer.Maker ?? new AuthenticatorMaker()),
            _ => [0xa0],
        };
        return new AuthenticatorRegistration(CredentialId, client, AttestationObject(answer.Format ?? (form == AuthenticatorForm.None ? "none" : "packed"), statement, data));
    }

    /// <summary>Signs a challenge, as a browser's page has it done.</summary>
    public AuthenticatorAssertion Sign(byte[] challenge, AuthenticatorAnswer? answer = null)
    {
        answer ??= new AuthenticatorAnswer();
        var counter = answer.Counter ?? ++Counter;
        var client = ClientData("webauthn.get", challenge, answer);
        var data = Header(answer, Present | Verified, counter);
        using var key = Key();
        var signature = key.SignData((byte[])[.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new AuthenticatorAssertion(CredentialId, data, client, signature);
    }

    /// <summary>The vote as it is posted: the statement's canonical bytes and an assertion over their digest.</summary>
    public string Vote(byte[] statement, AuthenticatorAnswer? answer = null) => Vote(statement, Sign(Digest("custody/approval/v1", statement), answer));

    public static string Vote(byte[] statement, AuthenticatorAssertion assertion) =>
        $$"""{"authenticatorData":"{{Text(assertion.AuthenticatorData)}}","clientData":"{{Text(assertion.ClientData)}}","credentialId":"{{Text(assertion.CredentialId)}}","signature":"{{Text(assertion.Signature)}}","statement":"{{Text(statement)}}","version":1}""";

    private static byte[] ClientData(string type, byte[] challenge, AuthenticatorAnswer answer) => Encoding.UTF8.GetBytes(
        $$"""{"type":"{{answer.Type ?? type}}","challenge":"{{Text(challenge)}}","origin":"{{answer.Origin ?? Origin}}"{{answer.CrossOrigin ?? ",\"crossOrigin\":false"}}}""");

    private static byte[] Header(AuthenticatorAnswer answer, int flags, uint counter)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(answer.RelyingParty ?? RelyingParty)).CopyTo(data, 0);
        data[32] = (byte)((flags & ~answer.WithoutFlags) | answer.WithFlags);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), counter);
        return data;
    }

    private byte[] CredentialData(AuthenticatorAnswer answer)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        return [.. new Guid(answer.Model ?? Model).ToByteArray(bigEndian: true), .. length, .. CredentialId, .. answer.Key ?? CoseKey(Point)];
    }

    /// <summary>A COSE key of a point.</summary>
    public static byte[] CoseKey(byte[] point, int algorithm = -7)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, algorithm), (-1, 1) })
        {
            writer.WriteInt32(label);
            writer.WriteInt32(value);
        }

        writer.WriteInt32(-2);
        writer.WriteByteString(point.AsSpan(1, 32));
        writer.WriteInt32(-3);
        writer.WriteByteString(point.AsSpan(33, 32));
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static byte[] Packed(byte[] signature, IReadOnlyList<byte[]> certificates)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(certificates.Count == 0 ? 2 : 3);
        writer.WriteTextString("alg");
        writer.WriteInt32(-7);
        writer.WriteTextString("sig");
        writer.WriteByteString(signature);
        if (certificates.Count > 0)
        {
            writer.WriteTextString("x5c");
            writer.WriteStartArray(certificates.Count);
            foreach (var certificate in certificates)
            {
                writer.WriteByteString(certificate);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private static byte[] AttestationObject(string format, byte[] statement, byte[] data)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString(format);
        writer.WriteTextString("attStmt");
        writer.WriteEncodedValue(statement);
        writer.WriteTextString("authData");
        writer.WriteByteString(data);
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static byte[] OtherMaker(byte[] signed, AuthenticatorMaker maker)
    {
        var (root, leaf, key) = MakeCertificates(maker.Model ?? Model, maker.Unit ?? "Authenticator Attestation", maker.IsAuthority);
        using (root)
        using (leaf)
        using (key)
        {
            return Packed(key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), [leaf.RawData, root.RawData]);
        }
    }

    private static (X509Certificate2 Root, X509Certificate2 Leaf, ECDsa Key) MakeCertificates(string model, string unit, bool isAuthority)
    {
        var (from, until) = (new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var above = new CertificateRequest("C=HK, O=Custody Tests, CN=Attestation Root", authority, HashAlgorithmName.SHA256);
        above.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var root = above.CreateSelfSigned(from, until);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var below = new CertificateRequest($"C=HK, O=Custody Tests, OU={unit}, CN=Test Authenticator", key, HashAlgorithmName.SHA256);
        below.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        below.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.45724.1.1.4", [4, 16, .. new Guid(model).ToByteArray(bigEndian: true)], critical: false));
        return (root, below.Create(root, from, until, RandomNumberGenerator.GetBytes(16)), key);
    }

    private ECDsa Key() => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = _secret });
}
