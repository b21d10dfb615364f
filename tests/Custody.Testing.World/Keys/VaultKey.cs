using System.Security.Cryptography;
using Custody.Core.Assets;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace Custody.Testing.World;

/// <summary>A secp256k1 key in memory that follows from its name, and signs by BouncyCastle's own ECDSA.</summary>
public sealed class VaultKey
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private readonly BigInteger _scalar;

    public VaultKey(string name)
    {
        KeyId = name;
        _scalar = new BigInteger(1, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"vault key {name}"))).Mod(Curve.N.Subtract(BigInteger.One)).Add(BigInteger.One);
        PublicKey = Curve.G.Multiply(_scalar).Normalize().GetEncoded(compressed: false);
    }

    public string KeyId { get; }

    public byte[] PublicKey { get; }

    public EvmAddress Address => EvmAddress.FromPublicKey(PublicKey);

    /// <summary>r‖s with s in the half that is asked for. The nonce follows from digest and <paramref name="salt"/>, so two salts give two signatures.</summary>
    public byte[] Sign(ReadOnlySpan<byte> digest, bool highS = false, int salt = 0)
    {
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Curve.N, _scalar, [.. digest, (byte)salt]);
        var k = nonces.NextK();
        var r = Curve.G.Multiply(k).Normalize().AffineXCoord.ToBigInteger().Mod(Curve.N);
        var s = k.ModInverse(Curve.N).Multiply(new BigInteger(1, digest.ToArray()).Add(r.Multiply(_scalar))).Mod(Curve.N);
        if (s.CompareTo(Curve.N.ShiftRight(1)) > 0 != highS)
        {
            s = Curve.N.Subtract(s);
        }

        return [.. BigIntegers.AsUnsignedByteArray(32, r), .. BigIntegers.AsUnsignedByteArray(32, s)];
    }
}
