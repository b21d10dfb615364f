using System.Security.Cryptography;
using System.Text;
using Custody.Core.Signatures;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Custody.Vaults.DocumentKeys;

/// <summary>A document key as an unencrypted PKCS#8 PEM file that only its owner may read.</summary>
public static class DocumentKeyFile
{
    private const string PemLabel = "PRIVATE KEY";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);
    private const string P256Oid = "1.2.840.10045.3.1.7";

    /// <summary>Generates a key, writes it to <paramref name="path"/> (which must not exist) and returns its signer.</summary>
    public static SoftwareDocumentSigner Generate(string path, string keyId, SignatureAlgorithm algorithm)
    {
        var pkcs8 = algorithm switch
        {
            SignatureAlgorithm.Es256 => GenerateP256(),
            SignatureAlgorithm.EdDsa => PrivateKeyInfoFactory.CreatePrivateKeyInfo(new Ed25519PrivateKeyParameters(new SecureRandom())).GetEncoded(),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        };
        try
        {
            Write(path, pkcs8);
            return FromPkcs8(pkcs8, keyId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    /// <summary>Reads a signer from a PEM file.</summary>
    /// <exception cref="InvalidDataException">Others may read the file, or it holds no P-256 or Ed25519 private key.</exception>
    public static SoftwareDocumentSigner Read(string path, string keyId)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new InvalidDataException($"'{path}' may be used by others than its owner; a private key's mode is 0600.");
        }

        var text = File.ReadAllText(path);
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != PemLabel)
        {
            throw new InvalidDataException($"'{path}' holds no PEM '{PemLabel}'.");
        }

        var pkcs8 = Convert.FromBase64String(text[fields.Base64Data]);
        try
        {
            return FromPkcs8(pkcs8, keyId);
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException or IOException or SecurityUtilityException)
        {
            throw new InvalidDataException($"'{path}' holds no P-256 or Ed25519 private key.", malformed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    private static SoftwareDocumentSigner FromPkcs8(byte[] pkcs8, string keyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (PrivateKeyFactory.CreateKey(pkcs8) is Ed25519PrivateKeyParameters ed25519)
        {
            return new SoftwareDocumentSigner(keyId, ed25519);
        }

        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(pkcs8, out _);
        if (ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256Oid)
        {
            return new SoftwareDocumentSigner(keyId, ecdsa);
        }

        ecdsa.Dispose();
        throw new CryptographicException("The key's curve is not P-256.");
    }

    private static byte[] GenerateP256()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    // The mode is set as the file is made: set afterwards, there would be a moment in which others could open it.
    private static void Write(string path, byte[] pkcs8)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(new string(PemEncoding.Write(PemLabel, pkcs8)) + "\n"));
        file.Flush(flushToDisk: true);
    }
}
