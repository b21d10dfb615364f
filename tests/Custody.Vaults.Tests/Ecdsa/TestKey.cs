using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace Custody.Vaults.Tests.Ecdsa;

/// <summary>A secp256k1 key that signs by BouncyCastle's own ECDSA (RFC 6979), which shares no code with what is tested.</summary>
public sealed class TestKey
{
    public static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly ECDomainParameters Domain = new(Curve);
    private readonly BigInteger _scalar;

    public TestKey(string scalarHex) => _scalar = new BigInteger(1, Convert.FromHexString(scalarHex));

    /// <summary>A key from any bytes.</summary>
    public TestKey(byte[] seed) =>
        _scalar = new BigInteger(1, SHA256.HashData(seed)).Mod(Curve.N.Subtract(BigInteger.One)).Add(BigInteger.One);

    public byte[] Scalar => BigIntegers.AsUnsignedByteArray(32, _scalar);

    public byte[] PublicKey => Curve.G.Multiply(_scalar).Normalize().GetEncoded(false);

    public byte[] Sign(byte[] digest)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(_scalar, Domain));
        var signature = signer.GenerateSignature(digest);
        return [.. BigIntegers.AsUnsignedByteArray(32, signature[0]), .. BigIntegers.AsUnsignedByteArray(32, signature[1])];
    }
}
