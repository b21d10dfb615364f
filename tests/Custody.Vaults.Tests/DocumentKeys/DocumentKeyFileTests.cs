using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Custody.Core.Signatures;
using Custody.Testing;
using Custody.Vaults.DocumentKeys;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Xunit;

namespace Custody.Vaults.Tests.DocumentKeys;

[SupportedOSPlatform("linux")]
public sealed class DocumentKeyFileTests : IDisposable
{
    // RFC 8032, section 7.1, test 2, with its key as PKCS#8 (RFC 8410).
    private const string Rfc8032Seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    private const string Rfc8032Signature =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string KeyPath => _folder.Of("client.pem");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_Es256_ReadsBackAndVerifies()
    {
        using var generated = DocumentKeyFile.Generate(KeyPath, "client-1", SignatureAlgorithm.Es256);
        using var read = DocumentKeyFile.Read(KeyPath, "client-1");
        var signature = await read.SignAsync("document"u8.ToArray(), Cancellation);
        using var verifier = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = generated.PublicKey[1..33], Y = generated.PublicKey[33..] },
        });

        Assert.Equal(("client-1", SignatureAlgorithm.Es256), (read.KeyId, read.Algorithm));
        Assert.Equal(generated.PublicKey, read.PublicKey);
        Assert.True(verifier.VerifyData("document"u8, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    [Fact]
    public async Task Generate_EdDsa_ReadsBackAndVerifies()
    {
        using var generated = DocumentKeyFile.Generate(KeyPath, "client-1", SignatureAlgorithm.EdDsa);
        using var read = DocumentKeyFile.Read(KeyPath, "client-1");
        var verifier = new Ed25519Signer();
        verifier.Init(forSigning: false, new Ed25519PublicKeyParameters(generated.PublicKey));
        verifier.BlockUpdate("document"u8);

        Assert.Equal(SignatureAlgorithm.EdDsa, read.Algorithm);
        Assert.True(verifier.VerifySignature(await read.SignAsync("document"u8.ToArray(), Cancellation)));
    }

    [Fact]
    public async Task Read_Rfc8032Key_SignsAsPublished()
    {
        WritePem("PRIVATE KEY", Convert.FromHexString("302e020100300506032b657004220420" + Rfc8032Seed));
        using var signer = DocumentKeyFile.Read(KeyPath, "client-1");

        Assert.Equal(Rfc8032Signature, Convert.ToHexStringLower(await signer.SignAsync(new byte[] { 0x72 }, Cancellation)));
    }

    [Fact]
    public void Generate_NewFile_OnlyItsOwnerMayReadIt()
    {
        using var signer = DocumentKeyFile.Generate(KeyPath, "client-1", SignatureAlgorithm.Es256);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public void Generate_FileExists_LeavesItAlone()
    {
        File.WriteAllText(KeyPath, "precious");

        Assert.Throws<IOException>(() => DocumentKeyFile.Generate(KeyPath, "client-1", SignatureAlgorithm.Es256));
        Assert.Equal("precious", File.ReadAllText(KeyPath));
    }

    [Fact]
    public void Generate_NoAlgorithm_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DocumentKeyFile.Generate(KeyPath, "client-1", SignatureAlgorithm.None));
        Assert.False(File.Exists(KeyPath));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Read_OthersMayUseTheFile_Refuses(UnixFileMode extra)
    {
        DocumentKeyFile.Generate(KeyPath, "client-1", SignatureAlgorithm.Es256).Dispose();
        File.SetUnixFileMode(KeyPath, File.GetUnixFileMode(KeyPath) | extra);

        Assert.Throws<InvalidDataException>(() => DocumentKeyFile.Read(KeyPath, "client-1"));
    }

    public static TheoryData<string, string, byte[]> NotDocumentKeys { get; } = new()
    {
        { "another curve", "PRIVATE KEY", Export(ECCurve.NamedCurves.nistP384) },
        { "the vault's curve", "PRIVATE KEY", Export(ECCurve.CreateFromValue("1.3.132.0.10")) },
        { "RSA", "PRIVATE KEY", ExportRsa() },
        { "noise", "PRIVATE KEY", [1, 2, 3] },
        { "cut short", "PRIVATE KEY", Export(ECCurve.NamedCurves.nistP256)[..40] },
        { "empty", "PRIVATE KEY", [] },
        { "another label", "EC PRIVATE KEY", Export(ECCurve.NamedCurves.nistP256) },
    };

    [Theory]
    [MemberData(nameof(NotDocumentKeys))]
    public void Read_NotADocumentKey_Refuses(string what, string label, byte[] der)
    {
        _ = what;
        WritePem(label, der);

        Assert.Throws<InvalidDataException>(() => DocumentKeyFile.Read(KeyPath, "client-1"));
    }

    [Fact]
    public void Read_NoPem_Refuses()
    {
        File.WriteAllText(KeyPath, "not a key");
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead);

        Assert.Throws<InvalidDataException>(() => DocumentKeyFile.Read(KeyPath, "client-1"));
    }

    private static byte[] Export(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportPkcs8PrivateKey();
    }

    private static byte[] ExportRsa()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKey();
    }

    private void WritePem(string label, byte[] der)
    {
        File.WriteAllBytes(KeyPath, Encoding.ASCII.GetBytes(PemEncoding.Write(label, der)));
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
